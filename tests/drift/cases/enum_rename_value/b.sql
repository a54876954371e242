CREATE TYPE mood AS ENUM ('x','c');
CREATE TABLE t (id int, m mood DEFAULT 'x');
