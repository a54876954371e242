CREATE TABLE t (a int, b text);
CREATE INDEX eins ON t (a);
CREATE UNIQUE INDEX "Zwei" ON t (lower(b)) WHERE a > 0;
CREATE INDEX same_c ON t (b);
