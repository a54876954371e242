CREATE TYPE x AS (a int);
CREATE TYPE y AS ENUM ('b');
CREATE DOMAIN z AS text;
CREATE TABLE t (a int, x x, y y, z z);
