CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (e e DEFAULT 'a' CHECK (e IN ('a', 'b')));
