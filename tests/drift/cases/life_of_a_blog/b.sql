CREATE TYPE post_status AS ENUM ('draft', 'published', 'archived');
CREATE TABLE authors (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text UNIQUE, bio text);
CREATE TABLE posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors(id) ON DELETE RESTRICT, title text NOT NULL, slug text GENERATED ALWAYS AS (lower(replace(title, ' ', '-'))) STORED UNIQUE, body text, status post_status NOT NULL DEFAULT 'draft', created_at timestamptz NOT NULL DEFAULT now(), search tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(title, '') || ' ' || coalesce(body, ''))) STORED);
CREATE TABLE tags (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE NOT NULL);
CREATE TABLE post_tags (post_id bigint REFERENCES posts ON DELETE CASCADE, tag_id bigint REFERENCES tags ON DELETE CASCADE, PRIMARY KEY (post_id, tag_id));
CREATE INDEX posts_author ON posts (author_id, created_at DESC);
CREATE INDEX posts_search ON posts USING gin (search);
CREATE VIEW published_posts AS SELECT p.*, a.name AS author FROM posts p JOIN authors a ON a.id = p.author_id WHERE status = 'published';
