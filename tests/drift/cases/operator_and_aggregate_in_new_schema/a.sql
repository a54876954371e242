CREATE SCHEMA s;
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR =~= (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);
CREATE VIEW v AS SELECT 1 =~= 'x'::text AS a, total(x) AS t FROM generate_series(1, 2) x;
