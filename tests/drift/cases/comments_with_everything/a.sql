CREATE TABLE "t.1" ("c""d" int);
COMMENT ON TABLE "t.1" IS E'tab\there';
