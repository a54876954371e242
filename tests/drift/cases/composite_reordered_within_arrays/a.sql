CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (id int, p pair[]);
INSERT INTO t VALUES (1, ARRAY[ROW(1,'x')::pair]);
