CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (a int REFERENCES t, b int);
