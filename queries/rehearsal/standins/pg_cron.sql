-- The tables and functions of pg_cron 1.6: jobs are written down and never run.

CREATE SCHEMA cron;

CREATE SEQUENCE cron.jobid_seq;

CREATE SEQUENCE cron.runid_seq;

CREATE TABLE cron.job (
    jobid bigint PRIMARY KEY DEFAULT nextval('cron.jobid_seq'),
    schedule text NOT NULL,
    command text NOT NULL,
    nodename text NOT NULL DEFAULT 'localhost',
    nodeport integer NOT NULL DEFAULT coalesce(inet_server_port(), 5432),
    database text NOT NULL DEFAULT current_database(),
    username text NOT NULL DEFAULT current_user,
    active boolean NOT NULL DEFAULT true,
    jobname text,
    CONSTRAINT jobname_username_uniq UNIQUE (jobname, username)
);

ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY;

CREATE POLICY cron_job_policy ON cron.job USING (username = current_user);

CREATE TABLE cron.job_run_details (
    jobid bigint,
    runid bigint PRIMARY KEY DEFAULT nextval('cron.runid_seq'),
    job_pid integer,
    database text,
    username text,
    command text,
    status text,
    return_message text,
    start_time timestamptz,
    end_time timestamptz
);

ALTER TABLE cron.job_run_details ENABLE ROW LEVEL SECURITY;

CREATE POLICY cron_job_run_details_policy ON cron.job_run_details USING (username = current_user);

CREATE FUNCTION cron.schedule(schedule text, command text) RETURNS bigint LANGUAGE sql STRICT
AS $$INSERT INTO cron.job (schedule, command) VALUES ($1, $2) RETURNING jobid$$;

CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint LANGUAGE sql
AS $$INSERT INTO cron.job (jobname, schedule, command) VALUES ($1, $2, $3)
ON CONFLICT ON CONSTRAINT jobname_username_uniq DO UPDATE SET schedule = excluded.schedule, command = excluded.command
RETURNING jobid$$;

CREATE FUNCTION cron.schedule_in_database(
    job_name text, schedule text, command text, database text, username text DEFAULT NULL, active boolean DEFAULT true
) RETURNS bigint LANGUAGE sql
AS $$INSERT INTO cron.job (jobname, schedule, command, database, username, active)
VALUES ($1, $2, $3, $4, coalesce($5, current_user), $6)
ON CONFLICT ON CONSTRAINT jobname_username_uniq DO UPDATE
SET schedule = excluded.schedule, command = excluded.command, database = excluded.database, active = excluded.active
RETURNING jobid$$;

CREATE FUNCTION cron.alter_job(
    job_id bigint, schedule text DEFAULT NULL, command text DEFAULT NULL, database text DEFAULT NULL,
    username text DEFAULT NULL, active boolean DEFAULT NULL
) RETURNS void LANGUAGE sql
AS $$UPDATE cron.job AS job
SET schedule = coalesce($2, job.schedule), command = coalesce($3, job.command),
    database = coalesce($4, job.database), username = coalesce($5, job.username), active = coalesce($6, job.active)
WHERE job.jobid = $1$$;

CREATE FUNCTION cron.unschedule(job_id bigint) RETURNS boolean LANGUAGE plpgsql STRICT
AS $$BEGIN
    DELETE FROM cron.job WHERE jobid = job_id;
    IF NOT found THEN
        RAISE EXCEPTION 'could not find valid entry for job %', job_id;
    END IF;
    RETURN true;
END$$;

CREATE FUNCTION cron.unschedule(job_name text) RETURNS boolean LANGUAGE plpgsql STRICT
AS $$BEGIN
    DELETE FROM cron.job WHERE jobname = job_name AND username = current_user;
    IF NOT found THEN
        RAISE EXCEPTION 'could not find valid entry for job %', quote_literal(job_name);
    END IF;
    RETURN true;
END$$;
