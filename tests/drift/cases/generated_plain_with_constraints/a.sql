CREATE TABLE t (id int PRIMARY KEY, a int, full_a text GENERATED ALWAYS AS ('n' || id) STORED UNIQUE, x int DEFAULT 4);
COMMENT ON COLUMN t.full_a IS 'generated';
