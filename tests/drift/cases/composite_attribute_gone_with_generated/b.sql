CREATE TYPE p AS (x int);
CREATE TABLE t (loc p DEFAULT ROW(1)::p, g int GENERATED ALWAYS AS ((loc).x) STORED, CHECK ((loc).x > 0));
CREATE INDEX i ON t (((loc).x));
CREATE FUNCTION f(p) RETURNS int LANGUAGE sql AS 'SELECT ($1).x';
CREATE POLICY po ON t USING ((loc).x > 1);
