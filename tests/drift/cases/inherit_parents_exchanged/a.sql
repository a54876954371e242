CREATE TABLE p (a int);
CREATE TABLE q (a int) INHERITS (p);
CREATE TABLE r (a int, b int);
