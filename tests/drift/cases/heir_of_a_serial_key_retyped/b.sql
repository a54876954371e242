CREATE TABLE base (id int NOT NULL, note text);
CREATE TABLE customer (id serial NOT NULL, x text) INHERITS (base);
ALTER TABLE customer ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
CREATE TABLE i (c int REFERENCES customer);
