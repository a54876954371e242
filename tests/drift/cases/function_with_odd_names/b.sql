CREATE SCHEMA "S.x";
CREATE FUNCTION "S.x"."F (a)"("a, b" int DEFAULT 4, "DEFAULT" text DEFAULT 'x, y') RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE VIEW v AS SELECT "S.x"."F (a)"(1, 'x') AS x;
