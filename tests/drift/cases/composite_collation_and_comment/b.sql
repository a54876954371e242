CREATE TYPE c AS (a text COLLATE "C", b text);
COMMENT ON COLUMN c.b IS 'second';
