CREATE TYPE c AS ENUM ('r', 'g', 'b');
CREATE TABLE t (id int PRIMARY KEY, c c NOT NULL DEFAULT 'r');
CREATE INDEX t_c ON t (c) WHERE c = 'g';
INSERT INTO t VALUES (1, 'r');
