CREATE TYPE mood AS ENUM ('b', 'c');
CREATE TABLE t (id int, m mood);
INSERT INTO t VALUES (1, 'b');
