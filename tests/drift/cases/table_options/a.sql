CREATE TABLE t (id int, x text) WITH (fillfactor = 70, autovacuum_enabled = false);
