CREATE DOMAIN d AS int;
CREATE TYPE c AS (x d);
CREATE TABLE t (a d, b d[], c c);
INSERT INTO t VALUES (1, '{1}', ROW(1));
