-- needs vector
CREATE EXTENSION vector;
CREATE TABLE t (e vector(3));
