CREATE TABLE t (a int, b int);
GRANT SELECT (a), UPDATE (b) ON t TO pg_monitor;
COMMENT ON COLUMN t.a IS 'a';
