CREATE SCHEMA s;
CREATE FUNCTION s.eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR s.=~= (LEFTARG = int, RIGHTARG = text, FUNCTION = s.eq);
CREATE AGGREGATE s.total (int) (sfunc = int4pl, stype = int);
CREATE VIEW v AS SELECT 1 OPERATOR(s.=~=) 'x'::text AS a, s.total(x) AS t FROM generate_series(1, 2) x;
