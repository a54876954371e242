CREATE TYPE inn AS (a int, b text);
CREATE TYPE out_ AS (x inn, y inn[]);
CREATE TABLE t (id int, o out_, os out_[]);
INSERT INTO t VALUES (1, ROW(ROW(1,'x')::inn, ARRAY[ROW(2,'y')::inn])::out_, NULL);
