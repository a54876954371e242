CREATE FUNCTION fs(int, int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE AGGREGATE ag (x int, y int) (sfunc = fs, stype = int);
