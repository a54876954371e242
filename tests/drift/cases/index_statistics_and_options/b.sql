CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a, (a + b), (a * b));
ALTER INDEX i ALTER COLUMN 3 SET STATISTICS 200;
CREATE INDEX j ON t (b) WITH (fillfactor = 90);
