CREATE TABLE "Items" (id int, "Id" text);
CREATE TABLE items (id text);
CREATE INDEX "Ix" ON "Items" (id);
CREATE INDEX ix ON items (id);
CREATE FUNCTION "F"() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
INSERT INTO "Items" VALUES (1, 'a');
