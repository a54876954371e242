CREATE TABLE t (a int, e bigint);
