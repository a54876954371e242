CREATE TABLE t (a bigint, b bigint, CONSTRAINT uq_t_a UNIQUE (a));
CREATE INDEX ix_one ON t (b);
CREATE INDEX two ON t (b) WHERE a > 1;
