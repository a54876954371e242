CREATE TABLE p (a int, x int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 (b int, a int, x int);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
