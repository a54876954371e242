CREATE TABLE t (a int, b int, CONSTRAINT t_a_key UNIQUE (a));
CREATE INDEX one ON t (b);
CREATE INDEX two ON t (b) WHERE a > 0;
