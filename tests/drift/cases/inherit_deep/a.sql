CREATE TABLE p (a int, b int);
CREATE TABLE c (x int) INHERITS (p);
CREATE TABLE g (y int) INHERITS (c);
CREATE TABLE h () INHERITS (p, g);
