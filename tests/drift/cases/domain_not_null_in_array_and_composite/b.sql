CREATE DOMAIN d AS int NOT NULL;
CREATE TYPE c AS (x d);
CREATE TABLE t (a d, b d[], c c);
