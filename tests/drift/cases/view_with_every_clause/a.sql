CREATE TABLE t (a int, b text, c timestamptz);
CREATE VIEW v AS SELECT a, b FROM t;
