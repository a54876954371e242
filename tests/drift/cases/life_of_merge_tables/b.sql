CREATE TYPE pet_kind AS ENUM ('cat', 'dog');
CREATE TABLE pets (id int PRIMARY KEY, name text, kind pet_kind NOT NULL DEFAULT 'cat');
CREATE VIEW cats AS SELECT id, name FROM pets WHERE kind = 'cat' WITH LOCAL CHECK OPTION;
CREATE VIEW dogs AS SELECT id, name FROM pets WHERE kind = 'dog';
CREATE FUNCTION pet_count() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM pets; END;
CREATE TABLE visits (pet_id int REFERENCES pets, n bigint DEFAULT pet_count());
