CREATE TABLE t (id serial, k int);
