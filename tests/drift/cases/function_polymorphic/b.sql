CREATE FUNCTION f(anyelement) RETURNS anyarray LANGUAGE sql AS 'SELECT ARRAY[$1]';
CREATE FUNCTION g(a anycompatible, b anycompatiblearray) RETURNS anycompatiblearray LANGUAGE sql AS 'SELECT $2';
CREATE FUNCTION h(r anyrange) RETURNS anyelement LANGUAGE sql AS 'SELECT upper($1)';
CREATE VIEW v AS SELECT f(1) AS f, h(int4range(1, 2)) AS h;
