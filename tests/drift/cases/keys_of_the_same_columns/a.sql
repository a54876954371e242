CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a int, b int, PRIMARY KEY (b));
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE q (x int);
CREATE SCHEMA s3;
SET search_path = s3;
CREATE TABLE t (a int NOT NULL UNIQUE, b int);
