CREATE TABLE t (a smallint, b boolean, c jsonb, d int, e timestamptz, f jsonb, g numeric[], h boolean);
