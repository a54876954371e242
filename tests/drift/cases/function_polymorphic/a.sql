CREATE FUNCTION f(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION g(a anycompatible, b anycompatiblearray) RETURNS anycompatible LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION h(r anyrange) RETURNS anyelement LANGUAGE sql AS 'SELECT lower($1)';
CREATE VIEW v AS SELECT f(1) AS f, h(int4range(1, 2)) AS h;
