CREATE TABLE base (id int, base_only int DEFAULT 7 CHECK (base_only > 0));
CREATE TABLE t (id int, n text) INHERITS (base);
CREATE TABLE keeps (r t, rs t[]);
CREATE TABLE below (z int) INHERITS (t);
CREATE VIEW v AS SELECT * FROM t;
INSERT INTO t VALUES (1, 7, 'x');
