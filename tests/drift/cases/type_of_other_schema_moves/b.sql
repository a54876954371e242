CREATE DOMAIN d AS int CHECK (VALUE > 0);
CREATE TYPE c AS (a int);
CREATE TABLE t (d d DEFAULT 2, c c, ds d[]);
