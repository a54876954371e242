CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE, street text, zip text, CONSTRAINT zip_ok CHECK (zip <> ''));
CREATE TABLE orders (id serial PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE, ship_zip text);
CREATE VIEW user_addresses AS SELECT id, street, zip FROM users;
CREATE VIEW big AS SELECT u.email, a.zip, o.id FROM users u JOIN user_addresses a USING (id) JOIN orders o ON o.user_id = u.id;
INSERT INTO users (email, street, zip) VALUES ('a', 'b', 'c');
INSERT INTO orders (user_id) VALUES (1);
