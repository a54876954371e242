CREATE OPERATOR === (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer);
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT a OPERATOR(public.===) 1 AS b FROM t;
