"""What hosts add to PostgreSQL is stood in for, so that their projects can be rehearsed; what cannot be is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.local import standins
from tests.migrations.project import write
from tests.migrations.rehearsals import from_nothing, parts, verdicts

DUMP = """
SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
CREATE EXTENSION IF NOT EXISTS "pg_net" WITH SCHEMA "extensions";
CREATE EXTENSION IF NOT EXISTS "pgsodium" WITH SCHEMA "pgsodium";
CREATE EXTENSION IF NOT EXISTS "pg_graphql" WITH SCHEMA "graphql";
CREATE EXTENSION IF NOT EXISTS "pg_stat_statements" WITH SCHEMA "extensions";
CREATE EXTENSION IF NOT EXISTS "pgcrypto" WITH SCHEMA "extensions";
CREATE EXTENSION IF NOT EXISTS "pgjwt" WITH SCHEMA "extensions";
CREATE EXTENSION IF NOT EXISTS "supabase_vault" WITH SCHEMA "vault";
CREATE TABLE "public"."profiles" ("id" "uuid" PRIMARY KEY REFERENCES "auth"."users" ("id"), "settings" "json");
ALTER TABLE "public"."profiles" OWNER TO "postgres";
ALTER PUBLICATION "supabase_realtime" ADD TABLE ONLY "public"."profiles";
CREATE VIEW public.slow AS SELECT query, mean_exec_time FROM extensions.pg_stat_statements WHERE calls > 10;
RESET ALL;
"""
JOBS = """
create extension if not exists pg_cron with schema pg_catalog;
create extension if not exists pg_jsonschema with schema extensions;
grant usage on schema cron to postgres;
grant all privileges on all tables in schema cron to postgres;
alter table public.profiles add check (extensions.json_matches_schema('{"type": "object"}', settings));
select vault.create_secret('https://example.org', 'project_url');
select cron.schedule('ask', '* * * * *', $$
    select net.http_post(
        url := (select decrypted_secret from vault.decrypted_secrets where name = 'project_url') || '/functions/v1/f',
        headers := jsonb_build_object('Content-Type', 'application/json'), body := '{}'::jsonb
    ) as request_id;
$$);
select cron.schedule('0 3 * * *', 'vacuum');
select cron.alter_job(job_id := (select jobid from cron.job where jobname = 'ask'), active := false);
select cron.unschedule('ask');
create function public.ping() returns bigint language sql
as $$select net.http_get('http://example.org', timeout_milliseconds := 1000)$$;
select public.ping();
"""


def supabase(tmp_path: Path) -> Path:
    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    return folder


async def test_a_supabase_project_with_jobs_requests_and_secrets(tmp_path: Path) -> None:
    folder = supabase(tmp_path)
    write(folder, "0001_remote_schema", DUMP)
    write(folder, "0002_jobs", JOBS)
    write(folder, "0003_more", "SELECT cron.schedule('b', '1 * * * *', 'SELECT 1');", "SELECT cron.unschedule('b');")
    found = await from_nothing(folder)
    said = verdicts(found)
    assert {version: (parts(one)[0], one.sentences) for version, one in said.items() if not one.up} == {}
    assert parts(said["0003"]) == "+.+++"
    assert "extensions stood in for by functions of the same names: pg_cron, pg_graphql, " in found.summary


async def test_secrets_need_no_extension_of_ones_own(tmp_path: Path) -> None:
    folder = supabase(tmp_path)
    write(folder, "0001_secret", "SELECT vault.create_secret('s', 'name');", "DELETE FROM vault.secrets;")
    found = await from_nothing(folder)
    assert (found.exit_code, [each.extension for each in found.standins]) == (
        0,
        ["pgcrypto", "supabase_vault", "uuid-ossp"],
    )


async def test_a_neon_project_whose_policies_know_the_user(tmp_path: Path) -> None:
    write(
        tmp_path, "0001_session", "CREATE EXTENSION pg_session_jwt;", "DROP EXTENSION pg_session_jwt; DROP SCHEMA auth;"
    )
    policy = "CREATE POLICY own ON notes USING (auth.user_id() = owner)"
    write(tmp_path, "0002_notes", f"CREATE TABLE notes (owner text DEFAULT auth.user_id()); {policy};")
    found = await from_nothing(tmp_path)
    assert found.exit_code == 0, found.summary
    assert "pg_session_jwt stood in for by 6 functions" in found.summary


@pytest.mark.parametrize("name", ["postgis", "timescaledb"])
async def test_what_sql_cannot_imitate_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, "0001_it", f"CREATE EXTENSION IF NOT EXISTS {name};")
    found = await from_nothing(tmp_path, wish="embedded")
    [reason] = verdicts(found)["0001"].sentences
    assert reason.startswith(f"It needs {name}. The shadow does not have it. A PostgreSQL with {name} would serve")
    assert found.exit_code == 6


@pytest.mark.parametrize("extension", standins.VERSIONS)
def test_each_has_functions(extension: str) -> None:
    assert standins.functions(extension) > 0
