CREATE FUNCTION rn() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
COMMENT ON FUNCTION rn() IS 'x';
