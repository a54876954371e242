CREATE TABLE "t.1" ("c""d" int);
COMMENT ON TABLE "t.1" IS E'back\\slash \n new $$ $a$ é 日本 '' %s';
COMMENT ON COLUMN "t.1"."c""d" IS '';
