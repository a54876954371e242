CREATE TYPE p AS (x float8, y float8, z float8);
CREATE FUNCTION dist(a p, b p DEFAULT ROW(0,0,0)::p) RETURNS float8 LANGUAGE sql IMMUTABLE RETURN sqrt((a.x - b.x)^2 + (a.y - b.y)^2 + (a.z - b.z)^2);
CREATE TABLE t (loc p NOT NULL DEFAULT ROW(1,2,3)::p);
CREATE INDEX i ON t (dist(loc));
CREATE MATERIALIZED VIEW m AS SELECT loc, dist(loc) AS d FROM t;
CREATE OPERATOR <-> (LEFTARG = p, RIGHTARG = p, FUNCTION = dist);
CREATE VIEW v AS SELECT loc <-> ROW(3,4,5)::p AS far FROM t;
