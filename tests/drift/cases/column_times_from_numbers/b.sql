CREATE TABLE t (a timestamptz, b text, c boolean);
