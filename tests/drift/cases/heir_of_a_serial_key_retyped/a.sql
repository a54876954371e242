-- since 18
CREATE TABLE base (id bigint NOT NULL, note text);
CREATE TABLE customer (id bigserial NOT NULL, x text) INHERITS (base);
ALTER TABLE customer ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
INSERT INTO customer VALUES (1);
CREATE TABLE i (c bigint REFERENCES customer);
