CREATE TYPE k AS ENUM ('green', 'old');
CREATE TABLE t (a int);
CREATE TABLE heir (c text, d int) INHERITS (t);
