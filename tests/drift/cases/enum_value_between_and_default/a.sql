CREATE TYPE status AS ENUM ('new', 'done');
CREATE TABLE job (id int PRIMARY KEY, s status NOT NULL DEFAULT 'new');
CREATE INDEX job_open ON job (id) WHERE s = 'new';
INSERT INTO job VALUES (1, 'new');
