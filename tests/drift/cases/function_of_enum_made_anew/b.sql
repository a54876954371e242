CREATE TYPE e AS ENUM ('c', 'a');
CREATE FUNCTION f(x e DEFAULT 'a', y e[] DEFAULT '{c}') RETURNS e LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION g(x e) RETURNS boolean RETURN x = 'a'::e;
CREATE TABLE t (a e DEFAULT f(), b e CHECK (g(b)));
CREATE VIEW v AS SELECT f(a) AS f FROM t;
COMMENT ON FUNCTION f(e, e[]) IS 'kept';
