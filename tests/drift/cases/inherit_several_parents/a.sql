CREATE TABLE p (a int, b int NOT NULL);
CREATE TABLE q (b int, c text DEFAULT 'x');
CREATE TABLE r (d int);
CREATE TABLE c1 () INHERITS (p, q);
CREATE TABLE c2 (a int, b int NOT NULL, c text, d int) INHERITS (p);
CREATE TABLE c3 (z int, b int, c text DEFAULT 'c3', d int) INHERITS (q, r);
