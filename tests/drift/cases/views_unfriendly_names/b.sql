CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."Order Items" ("Id" int, "from" text, "a.b" int, "naïve ""q""" int);
CREATE VIEW "My Schema"."select" AS SELECT "Id", "a.b", "naïve ""q""" FROM "My Schema"."Order Items";
CREATE VIEW "My Schema"."V 2" AS SELECT "Id" AS "order" FROM "My Schema"."select";
COMMENT ON VIEW "My Schema"."V 2" IS 'it''s % \ "here"';
COMMENT ON COLUMN "My Schema"."select"."a.b" IS 'x';
