CREATE TABLE t (a int CONSTRAINT one CHECK (a > 1), b int CONSTRAINT two CHECK (b > 1));
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (b);
