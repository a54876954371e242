CREATE TABLE p (a int, c int, PRIMARY KEY (a));
CREATE TABLE c (a int REFERENCES p);
