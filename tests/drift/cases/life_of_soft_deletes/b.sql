CREATE TABLE users (id int PRIMARY KEY, email text, deleted_at timestamptz);
CREATE UNIQUE INDEX users_email_key ON users (lower(email)) WHERE deleted_at IS NULL;
CREATE VIEW active AS SELECT * FROM users WHERE deleted_at IS NULL;
CREATE FUNCTION soft() RETURNS trigger LANGUAGE plpgsql AS 'begin update users set deleted_at = now() where id = old.id; return null; end';
CREATE TRIGGER sd BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION soft();
