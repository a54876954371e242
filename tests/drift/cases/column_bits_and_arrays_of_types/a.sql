CREATE DOMAIN d AS text;
CREATE TYPE e AS ENUM ('a');
CREATE TYPE c AS (x int);
CREATE TABLE t (a text, b text, c c, d d[], e e[]);
CREATE TABLE bits (h bit(3), i varbit(4));
INSERT INTO bits VALUES ('101', '1');
