CREATE TABLE t (id int, g int GENERATED ALWAYS AS (z * 2) STORED, a int CHECK (a > z), z int);
