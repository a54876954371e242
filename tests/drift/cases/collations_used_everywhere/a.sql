-- since 18
CREATE COLLATION c (provider = builtin, locale = 'C.UTF-8');
CREATE TABLE t (a text COLLATE c, b text CHECK (b COLLATE c > 'x'), d text DEFAULT ('x' COLLATE c));
CREATE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b COLLATE c);
CREATE DOMAIN d AS text COLLATE c;
CREATE TABLE u (x d);
CREATE VIEW v AS SELECT a, b COLLATE c AS b FROM t;
CREATE TYPE ct AS (a text COLLATE c);
CREATE FUNCTION f(x text) RETURNS boolean RETURN x < ('y' COLLATE c);
CREATE TYPE r AS RANGE (SUBTYPE = text, COLLATION = c);
CREATE TABLE p (a text COLLATE c) PARTITION BY RANGE (a);
