CREATE TABLE authors (id serial PRIMARY KEY, name varchar(100) NOT NULL, email varchar(255) UNIQUE);
CREATE TABLE posts (id serial PRIMARY KEY, author_id int NOT NULL REFERENCES authors(id) ON DELETE CASCADE, title varchar(200) NOT NULL, body text, published bool DEFAULT false, created_at timestamp DEFAULT now());
CREATE TABLE tags (id serial PRIMARY KEY, name text UNIQUE);
CREATE TABLE post_tags (post_id int REFERENCES posts, tag_id int REFERENCES tags, PRIMARY KEY (post_id, tag_id));
CREATE INDEX posts_author ON posts (author_id);
CREATE VIEW published_posts AS SELECT p.*, a.name AS author FROM posts p JOIN authors a ON a.id = p.author_id WHERE published;
