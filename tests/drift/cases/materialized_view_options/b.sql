CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 80, toast.autovacuum_enabled = false) AS SELECT a, b FROM t;
CREATE MATERIALIZED VIEW n WITH (autovacuum_vacuum_threshold = 100, parallel_workers = 2, user_catalog_table = false) AS SELECT a, b FROM t;
