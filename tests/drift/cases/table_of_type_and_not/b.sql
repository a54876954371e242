CREATE TYPE c AS (a int, b text);
CREATE TABLE t OF c (PRIMARY KEY (a));
CREATE TABLE u (a int, b text, d int);
