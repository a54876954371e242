CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED, d int DEFAULT 1);
CREATE INDEX i ON t (c);
