CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70, autovacuum_enabled = false) AS SELECT a, b FROM t;
CREATE MATERIALIZED VIEW n AS SELECT a, b FROM t;
