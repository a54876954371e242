CREATE TYPE addr AS (a text, c text);
CREATE TABLE t (id int, a addr);
