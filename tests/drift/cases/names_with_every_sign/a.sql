CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE "100%" ("a$b" int, "c:d" int, "e\f" int, "g
h" int);
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE "Users" ("Id" int PRIMARY KEY, "Name" text);
CREATE TABLE users (id int);
CREATE INDEX "Idx" ON "Users" ("Name");
CREATE FUNCTION "Fn"() RETURNS int LANGUAGE sql AS 'select 1';
