CREATE SCHEMA x;
CREATE DOMAIN x.d AS int CHECK (VALUE > 0);
CREATE TYPE x.c AS (a int);
CREATE TABLE t (d x.d DEFAULT 2, c x.c, ds x.d[]);
INSERT INTO t VALUES (1, ROW(1), '{1}');
