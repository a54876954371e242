CREATE TABLE t (a int, b text);
CREATE INDEX one ON t (a);
CREATE UNIQUE INDEX "Two" ON t (lower(b)) WHERE a > 0;
CREATE INDEX same_a ON t (b);
CREATE INDEX same_b ON t (b);
