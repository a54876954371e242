-- since 15
CREATE TABLE t (id int);
CREATE SEQUENCE s;
