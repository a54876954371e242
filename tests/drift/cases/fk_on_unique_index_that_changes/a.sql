CREATE TABLE p (id int, k int);
CREATE UNIQUE INDEX pk ON p (id);
CREATE TABLE c (x int REFERENCES p (id));
