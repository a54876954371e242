CREATE TYPE job_state AS ENUM ('queued','running','done','failed');
CREATE TABLE jobs (id bigserial PRIMARY KEY, state job_state NOT NULL DEFAULT 'queued', payload jsonb NOT NULL DEFAULT '{}', run_at timestamptz NOT NULL DEFAULT now(), attempts smallint NOT NULL DEFAULT 0, locked_by uuid, CONSTRAINT locked_when_running CHECK ((state = 'running') = (locked_by IS NOT NULL)));
CREATE INDEX jobs_queued ON jobs (run_at, id) WHERE state = 'queued';
CREATE INDEX jobs_payload ON jobs USING gin (payload jsonb_path_ops);
ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 80);
