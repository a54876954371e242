CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE);
CREATE VIEW active AS SELECT * FROM users;
CREATE FUNCTION soft() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end';
