CREATE TABLE "Order" ("select" bigint NOT NULL, "a b" varchar(5) DEFAULT 'y', "Ünï" text, "from" int GENERATED ALWAYS AS IDENTITY);
CREATE INDEX "Order_idx" ON "Order" ("select" DESC, "a b");
