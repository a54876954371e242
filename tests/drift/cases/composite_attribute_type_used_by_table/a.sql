CREATE TYPE addr AS (a int, c varchar(10));
CREATE TABLE t (id int, a addr);
INSERT INTO t VALUES (1, ROW(1, 'x'));
