CREATE TYPE pair AS (b text, a int);
CREATE DOMAIN pairs AS pair[] CHECK (cardinality(VALUE) < 10);
CREATE TABLE t (id int, p pairs);
CREATE TYPE p AS (y text, x int);
CREATE TABLE part (ps p[], k int) PARTITION BY LIST (k);
CREATE TABLE part1 PARTITION OF part FOR VALUES IN (1);
CREATE TABLE base (ps p[]);
CREATE TABLE heir (z int) INHERITS (base);
