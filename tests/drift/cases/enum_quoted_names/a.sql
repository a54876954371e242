CREATE SCHEMA "My Schema";
CREATE TYPE "My Schema"."Mood-Type" AS ENUM ('So so', 'A''b');
CREATE TABLE "My Schema"."T 1" ("Col ""x" "My Schema"."Mood-Type" DEFAULT 'So so');
