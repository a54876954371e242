CREATE TABLE t (a int, b int, c text);
CREATE INDEX i1 ON t (b, a);
CREATE INDEX i2 ON t (a NULLS FIRST);
CREATE INDEX i3 ON t (c);
CREATE INDEX i4 ON t (a) INCLUDE (b, c);
CREATE INDEX i5 ON t (a);
CREATE INDEX i6 ON t (c text_ops, (a - b)) WHERE c IS NOT NULL AND a > 0;
