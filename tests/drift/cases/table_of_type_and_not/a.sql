CREATE TYPE c AS (a int, b text);
CREATE TABLE t (a int, b text);
CREATE TABLE u OF c;
INSERT INTO t VALUES (1, 'x');
INSERT INTO u VALUES (1, 'x');
