CREATE TABLE t (a int, b bigint, c numeric(10,2), d boolean, e int DEFAULT 3);
