CREATE TABLE thing (a int);
CREATE FUNCTION thing(a int) RETURNS thing LANGUAGE sql AS 'SELECT ROW(a)::public.thing';
CREATE CAST (int AS thing) WITH FUNCTION thing(int);
