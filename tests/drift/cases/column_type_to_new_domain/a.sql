CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
INSERT INTO t VALUES (1, 'x@y');
