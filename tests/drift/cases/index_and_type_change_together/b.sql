CREATE TABLE t (a int, b bigint, c json);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t ((c ->> 'y'));
CREATE UNIQUE INDEX k ON t (b) WHERE a <> 0;
