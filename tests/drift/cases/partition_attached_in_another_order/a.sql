CREATE TABLE e (k int, a text, b date) PARTITION BY LIST (k);
CREATE TABLE e1 (b date, dead int, a text, k int);
ALTER TABLE e1 DROP dead;
CREATE INDEX ei ON e (a);
CREATE TABLE e2 PARTITION OF e FOR VALUES IN (2);
INSERT INTO e1 VALUES ('2020-01-01', 'x', 1);
