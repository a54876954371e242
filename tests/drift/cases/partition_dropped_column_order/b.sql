CREATE TABLE p (a int, b int, n text) PARTITION BY LIST (a);
CREATE TABLE p1 (n text, b int, a int);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
