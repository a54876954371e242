CREATE TABLE t (a text DEFAULT '[1]', b text);
