CREATE TABLE t (a bytea, b text, c inet, d numeric, e macaddr8, f bigint, g text, h text);
