CREATE TABLE t (a bigint, b text);
CREATE VIEW v AS SELECT a, b FROM t;
COMMENT ON VIEW v IS 'new';
COMMENT ON COLUMN v.b IS 'new';
