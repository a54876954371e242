CREATE TABLE t (a int, b int, c text);
CREATE INDEX i1 ON t (a, b);
CREATE INDEX i2 ON t (a DESC);
CREATE INDEX i3 ON t (c COLLATE "C");
CREATE INDEX i4 ON t (a) INCLUDE (b);
CREATE UNIQUE INDEX i5 ON t (a);
CREATE INDEX i6 ON t (c varchar_pattern_ops, (a + b));
