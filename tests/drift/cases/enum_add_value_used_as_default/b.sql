CREATE TYPE mood AS ENUM ('a','b','c','d');
CREATE TABLE t (id int, m mood DEFAULT 'b', CONSTRAINT c CHECK (m <> 'd'));
