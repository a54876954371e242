CREATE FUNCTION dist(a timestamp, b timestamp) RETURNS float8 IMMUTABLE LANGUAGE sql AS 'select extract(epoch from a - b)::float8';
CREATE TYPE tr AS RANGE (subtype = timestamp, subtype_diff = dist);
CREATE TABLE t (r tr, EXCLUDE USING gist (r WITH &&));
