CREATE TABLE t (a int, b int);
CREATE TABLE v (a int, b int);
CREATE INDEX v_a ON v (a);
CREATE VIEW w AS SELECT a FROM v;
