CREATE SCHEMA "S p";
CREATE TYPE "S p"."E ""q""" AS ENUM ('b', 'a');
CREATE DOMAIN "S p"."select" AS "S p"."E ""q""" CHECK (VALUE <> 'b');
CREATE TYPE "S p"."Row" AS ("group" int, "Col 1" "S p"."select");
CREATE TABLE "S p"."T" ("c.d" "S p"."Row"[], e "S p"."E ""q""" DEFAULT 'b');
CREATE FUNCTION "S p"."f(x)"("Arg" "S p"."Row", VARIADIC "b" "S p"."E ""q"""[] DEFAULT '{b}') RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE AGGREGATE "S p"."Ag"("S p"."E ""q""") (SFUNC = enum_smaller, STYPE = "S p"."E ""q""");
