CREATE TABLE t (a timestamptz, b timestamp, c timestamptz, d timetz, e interval(3), f timestamptz DEFAULT now());
