CREATE FUNCTION a(x int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN public.b(x - 1); END';
CREATE FUNCTION b(x int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN public.a(x - 1); END';
