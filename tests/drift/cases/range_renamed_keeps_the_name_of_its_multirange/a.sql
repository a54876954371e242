CREATE TYPE k2 AS RANGE (SUBTYPE = integer);
CREATE TABLE t (e integer);
