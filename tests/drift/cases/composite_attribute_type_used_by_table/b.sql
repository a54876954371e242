CREATE TYPE addr AS (a bigint, c text COLLATE "POSIX");
CREATE TABLE t (id int, a addr);
