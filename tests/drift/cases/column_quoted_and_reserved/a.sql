CREATE TABLE "Order" ("select" int, "a b" text DEFAULT 'x', "Ünï" int);
CREATE INDEX "Order_idx" ON "Order" ("select", "a b");
