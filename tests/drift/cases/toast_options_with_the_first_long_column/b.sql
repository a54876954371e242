CREATE TABLE t (a int, b text) WITH (fillfactor = 70, toast.autovacuum_enabled = off);
CREATE TABLE u (a int, b numeric) WITH (toast.autovacuum_enabled = off);
