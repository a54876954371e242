CREATE TYPE e AS ENUM ('a', 'b', 'c', 'd');
CREATE TABLE t (e e DEFAULT 'c' CHECK (e IN ('a', 'b', 'c')));
CREATE TABLE u (e e DEFAULT 'd');
CREATE INDEX u_e ON u (e) WHERE e = 'c';
