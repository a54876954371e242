CREATE TABLE p (a int, b int);
CREATE TABLE old () INHERITS (p);
