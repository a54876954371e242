CREATE TABLE p (a int, b int NOT NULL, e int);
CREATE TABLE q (b int, c text DEFAULT 'y', e int);
CREATE TABLE r (d int);
CREATE TABLE c1 () INHERITS (p, q);
CREATE TABLE c2 (a int, b int NOT NULL, c text, d int) INHERITS (p, r);
CREATE TABLE c3 (z int, b int, c text DEFAULT 'c3', d int, e int) INHERITS (r, q);
