CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."Order Items" ("Id" int, "from" text, "a.b" int, "naïve ""q""" int);
CREATE VIEW "My Schema"."select" AS SELECT "Id", "from" FROM "My Schema"."Order Items";
CREATE VIEW "My Schema"."V 2" AS SELECT "Id" AS "order" FROM "My Schema"."select";
