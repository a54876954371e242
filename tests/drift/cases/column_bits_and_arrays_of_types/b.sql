CREATE DOMAIN d AS text CHECK (VALUE <> '');
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TYPE c AS (x int, y text);
CREATE TABLE t (a d, b e, c c[], d d, e e);
CREATE TABLE bits (h bit(5), i bit(2));
