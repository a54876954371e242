CREATE SCHEMA "We ird";
CREATE TABLE "We ird"."Ta""ble" ("Co l" bigint, "select" int DEFAULT 3);
CREATE INDEX "I x" ON "We ird"."Ta""ble" ("select");
CREATE VIEW "We ird"."V" AS SELECT "Co l" FROM "We ird"."Ta""ble";
