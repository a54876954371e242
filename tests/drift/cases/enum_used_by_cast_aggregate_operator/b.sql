CREATE TYPE e AS ENUM ('c', 'a');
CREATE FUNCTION e_of(int) RETURNS e IMMUTABLE LANGUAGE sql AS 'select ''a''::public.e';
CREATE CAST (int AS e) WITH FUNCTION e_of(int);
CREATE FUNCTION later(e, e) RETURNS e IMMUTABLE LANGUAGE sql AS 'select greatest($1, $2)';
CREATE AGGREGATE latest(e) (SFUNC = later, STYPE = e);
CREATE OPERATOR ## (LEFTARG = e, RIGHTARG = e, FUNCTION = later);
CREATE TABLE t (e e);
CREATE VIEW v AS SELECT latest(e) AS l FROM t;
