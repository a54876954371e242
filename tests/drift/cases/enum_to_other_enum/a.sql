CREATE TYPE a AS ENUM ('x', 'y');
CREATE TABLE t (c a NOT NULL DEFAULT 'x', d a[]);
CREATE INDEX t_c ON t (c);
INSERT INTO t VALUES ('y', '{x}');
