CREATE TABLE p (a int, b int, CONSTRAINT k CHECK (b > 0));
CREATE TABLE c1 (a int, b int, x int, CONSTRAINT k CHECK (b > 0)) INHERITS (p);
CREATE TABLE c2 (a int, b int) INHERITS (p);
CREATE TABLE g (a int, b int, CONSTRAINT k CHECK (b > 0)) INHERITS (c2);
