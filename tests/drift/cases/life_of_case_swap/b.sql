CREATE TABLE items (id int, "Id" text);
CREATE TABLE "Items" (id text);
CREATE INDEX ix ON "Items" (id);
CREATE INDEX "Ix" ON items (id);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION "F"() RETURNS int LANGUAGE sql AS 'SELECT 2';
