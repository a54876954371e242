CREATE TABLE t (id int, n text);
CREATE TABLE keeps (r t, rs t[]);
CREATE TABLE below (z int) INHERITS (t);
INSERT INTO t VALUES (1, 'x');
INSERT INTO keeps VALUES (ROW(1, 'y'), NULL);
INSERT INTO below VALUES (2, 'z', 3);
CREATE VIEW v AS SELECT * FROM t;
