CREATE TABLE t (a boolean, b int, c int[], d money, e date, f int, g real[], h smallint);
INSERT INTO t VALUES (true, 1, '{1}', 3.5, '2020-01-01', 4, '{1.5}', 1);
