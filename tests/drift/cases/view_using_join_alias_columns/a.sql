CREATE TABLE t (id int, a int);
CREATE TABLE u (id int, b int);
CREATE VIEW v AS SELECT id, a FROM t JOIN u USING (id);
CREATE VIEW w AS SELECT * FROM (t CROSS JOIN u) AS j(w1, w2, w3, w4);
