CREATE TABLE p (a int, b int CHECK (b > 0));
CREATE TABLE c1 (a int, b int, x int, CONSTRAINT p_b_check CHECK (b > 0)) INHERITS (p);
CREATE TABLE c2 (a int, b int);
CREATE TABLE c3 (a int, b int, y int);
