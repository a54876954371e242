CREATE TYPE e AS ENUM ('a', 'c');
CREATE TYPE er AS RANGE (subtype = e);
CREATE TABLE t (r er, n int8range DEFAULT '[1,3)');
