CREATE TABLE q (a int);
CREATE TABLE p (a int) INHERITS (q);
CREATE TABLE r (a int, b int) INHERITS (p);
