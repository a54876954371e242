CREATE TYPE c AS (a text, b text COLLATE "C");
COMMENT ON COLUMN c.a IS 'first';
COMMENT ON TYPE c IS 'c';
