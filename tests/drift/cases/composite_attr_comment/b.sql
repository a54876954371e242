CREATE TYPE c AS (a int, b text);
COMMENT ON COLUMN c.a IS 'x';
COMMENT ON TYPE c IS 'y';
