CREATE TYPE mood AS ENUM ('a','c');
CREATE TABLE t (id int, m mood DEFAULT 'a');
