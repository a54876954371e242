CREATE SCHEMA "My Schema";
CREATE TYPE "My Schema"."Mood-Type" AS ENUM ('A''b', 'So so', 'é');
CREATE TABLE "My Schema"."T 1" ("Col ""x" "My Schema"."Mood-Type" DEFAULT 'é');
