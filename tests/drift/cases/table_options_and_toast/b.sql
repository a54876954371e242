CREATE TABLE t (a text) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.1);
CREATE TABLE u (a text) WITH (parallel_workers = 2, toast_tuple_target = 200, toast.vacuum_truncate = off);
