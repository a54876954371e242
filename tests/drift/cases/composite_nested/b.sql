CREATE TYPE inner_t AS (a int, b int);
CREATE TYPE outer_t AS (i inner_t, n int);
CREATE TABLE t (o outer_t, os outer_t[]);
CREATE INDEX ON t (((o).n));
