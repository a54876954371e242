CREATE TABLE t (a int, b text, c int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (lower(b));
CREATE INDEX k ON t (b text_pattern_ops) INCLUDE (a);
