CREATE TABLE e (k int, a text, b date) PARTITION BY LIST (k);
CREATE TABLE e1 (b date, a text, k int);
ALTER TABLE e ATTACH PARTITION e1 FOR VALUES IN (1);
CREATE INDEX ei ON e (a);
CREATE TABLE e2 (k int, a text, b date);
