CREATE FUNCTION fin(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE ag (int) (sfunc = int4pl, stype = int, finalfunc = fin);
CREATE VIEW v AS SELECT ag(x) FROM generate_series(1, 3) x;
COMMENT ON AGGREGATE ag (int) IS 'kept';
