CREATE TABLE jobs (id bigserial PRIMARY KEY, state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued','running','done')), payload json, run_at timestamp);
CREATE INDEX jobs_queued ON jobs (run_at) WHERE state = 'queued';
