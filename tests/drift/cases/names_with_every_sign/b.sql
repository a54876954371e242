CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE "100%" ("a$b" bigint DEFAULT 1, "c:d" int CHECK ("c:d" > 0), "e\f" int UNIQUE, "g
h" text, "--" int, "/*" int);
COMMENT ON COLUMN "100%"."--" IS '/* -- $$ ''; DROP TABLE x; %s {0}';
CREATE VIEW "v;
--" AS SELECT "--" AS ";
", "/*" FROM "100%";
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE "Users" (id int PRIMARY KEY, name text);
CREATE TABLE users ("Id" int REFERENCES "Users");
CREATE INDEX idx ON "Users" (name);
CREATE FUNCTION fn() RETURNS int LANGUAGE sql AS 'select 1';
