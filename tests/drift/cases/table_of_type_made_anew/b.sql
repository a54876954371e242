CREATE TYPE e AS ENUM ('y', 'x');
CREATE TYPE c AS (a bigint, e e);
CREATE TABLE t OF c (e WITH OPTIONS DEFAULT 'x');
CREATE TABLE holder (c c);
