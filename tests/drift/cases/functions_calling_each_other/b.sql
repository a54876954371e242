CREATE FUNCTION a(y int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN public.b(y - 2); END';
CREATE FUNCTION b(y int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN public.a(y - 2); END';
