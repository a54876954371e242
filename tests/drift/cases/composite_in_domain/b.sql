CREATE TYPE c AS (a int, b bigint);
CREATE DOMAIN d AS c CHECK ((VALUE).a > 1 OR (VALUE).b > 0);
CREATE TABLE t (d d);
