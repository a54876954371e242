CREATE TYPE k2 AS RANGE (SUBTYPE = integer);
ALTER TYPE k2 RENAME TO r9;
CREATE TABLE t (e integer, g k2_multirange);
CREATE TYPE k2 AS ENUM ('a');
