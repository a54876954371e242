-- needs vector
CREATE SCHEMA ext;
CREATE TABLE t (id int);
