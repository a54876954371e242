CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a, (a + b), (a * b)) WITH (fillfactor = 80);
ALTER INDEX i ALTER COLUMN 2 SET STATISTICS 100;
CREATE INDEX j ON t (b) WITH (deduplicate_items = off);
