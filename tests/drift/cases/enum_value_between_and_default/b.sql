CREATE TYPE status AS ENUM ('new', 'running', 'done', 'failed');
CREATE TABLE job (id int PRIMARY KEY, s status NOT NULL DEFAULT 'running', CONSTRAINT fine CHECK (s <> 'failed'));
CREATE INDEX job_open ON job (id) WHERE s IN ('new', 'running');
