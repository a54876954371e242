CREATE TABLE "T x" (a int, b int, CONSTRAINT "The check!" CHECK (a > 0), CONSTRAINT "uniq ""q""" UNIQUE (b));
