CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, kind varchar(20) NOT NULL);
