CREATE TABLE t (a int CONSTRAINT two CHECK (a > 1), b int);
CREATE INDEX j ON t (a);
