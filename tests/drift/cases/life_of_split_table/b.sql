CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE);
CREATE TABLE user_addresses (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int NOT NULL REFERENCES users, street text, zip text, CONSTRAINT zip_ok CHECK (zip <> ''));
CREATE TABLE orders (id serial PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE, address_id bigint REFERENCES user_addresses, ship_zip text);
CREATE VIEW big AS SELECT u.email, a.zip, o.id FROM users u JOIN user_addresses a ON a.user_id = u.id JOIN orders o ON o.user_id = u.id;
