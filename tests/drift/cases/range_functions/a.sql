CREATE FUNCTION dist(x timestamp, y timestamp) RETURNS float8 IMMUTABLE LANGUAGE sql AS 'select extract(epoch from x - y)::float8';
CREATE TYPE tr AS RANGE (subtype = timestamp, subtype_diff = dist);
CREATE TABLE t (r tr, EXCLUDE USING gist (r WITH &&));
