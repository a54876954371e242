CREATE TABLE t (a int, r int4range, EXCLUDE USING gist (r WITH &&));
