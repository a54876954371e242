CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1_archive (a int, b int);
CREATE INDEX p1_b_idx ON p1_archive (b);
CREATE INDEX i ON p (b);
