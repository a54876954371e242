CREATE TABLE "T x" (a int, b int, CONSTRAINT "The check?" CHECK (a > 0), CONSTRAINT "uniq ""q""" UNIQUE (b, a), CONSTRAINT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa CHECK (b > 0));
COMMENT ON CONSTRAINT "The check?" ON "T x" IS 'odd';
