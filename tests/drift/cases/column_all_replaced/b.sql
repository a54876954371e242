CREATE TABLE t (x int PRIMARY KEY, y text);
CREATE INDEX i ON t (y);
