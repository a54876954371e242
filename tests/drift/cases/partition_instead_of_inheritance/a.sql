CREATE TABLE p (a int, b int);
CREATE TABLE c1 (a int, b int, CHECK (a < 10)) INHERITS (p);
CREATE TABLE c2 (a int, b int, CHECK (a >= 10)) INHERITS (p);
CREATE INDEX ci ON c1 (b);
