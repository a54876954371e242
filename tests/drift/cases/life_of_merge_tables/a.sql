CREATE TABLE cats (id int PRIMARY KEY, name text);
CREATE TABLE dogs (id int PRIMARY KEY, name text);
CREATE VIEW pets AS SELECT id, name, 'cat' AS kind FROM cats UNION ALL SELECT id, name, 'dog' FROM dogs;
CREATE FUNCTION pet_count() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM pets; END;
CREATE TABLE visits (cat_id int REFERENCES cats, dog_id int REFERENCES dogs, n bigint DEFAULT pet_count());
INSERT INTO cats VALUES (1, 'x');
INSERT INTO visits VALUES (1, NULL);
