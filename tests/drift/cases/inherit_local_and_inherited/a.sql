CREATE TABLE p (a int, b int, c int);
CREATE TABLE c1 (a int, own text, c int) INHERITS (p);
CREATE TABLE c2 () INHERITS (p);
CREATE TABLE c3 (c int) INHERITS (p);
