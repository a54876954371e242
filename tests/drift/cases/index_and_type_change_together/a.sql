CREATE TABLE t (a varchar(9), b int, c jsonb);
CREATE INDEX i ON t (a varchar_pattern_ops);
CREATE INDEX j ON t ((c ->> 'x'));
CREATE UNIQUE INDEX k ON t (b) WHERE a <> '';
