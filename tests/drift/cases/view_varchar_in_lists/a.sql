CREATE TABLE t (a varchar(10), b int);
CREATE VIEW v AS SELECT a FROM t WHERE a IN ('x', 'y');
