CREATE TABLE t (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE u (a int, b int, FOREIGN KEY (a, b) REFERENCES t);
