CREATE TYPE c AS (b text, a int, z date);
CREATE TABLE t (id int, c c);
