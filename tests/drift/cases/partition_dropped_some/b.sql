CREATE TABLE p1b (a int, b int);
CREATE TABLE p2 (a int, b int);
CREATE INDEX p2_b_idx ON p2 (b);
