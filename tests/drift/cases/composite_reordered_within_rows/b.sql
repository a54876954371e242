CREATE TYPE inn AS (b text, a int);
CREATE TYPE out_ AS (x inn, y inn[]);
CREATE TABLE t (id int, o out_, os out_[]);
