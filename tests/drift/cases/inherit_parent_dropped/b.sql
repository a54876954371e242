CREATE TABLE c1 (a int, b int, x int);
CREATE TABLE g (a int, b int);
