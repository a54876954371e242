CREATE SCHEMA "We ird";
CREATE TABLE "We ird"."Ta""ble" ("Co l" int, "select" int);
CREATE INDEX "I x" ON "We ird"."Ta""ble" ("Co l");
