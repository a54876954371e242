CREATE TYPE addr AS (a text, b int, c text);
CREATE TABLE t (id int, a addr);
