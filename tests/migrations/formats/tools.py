"""The real tools, as scripts/install-migration-tools puts them into .tools/, run on a database of the tests."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from console.config.profile import Target

ROOT = Path(__file__).parents[3] / ".tools"
_PATIENCE = 180.0
_QUIET = {"DO_NOT_TRACK": "1", "CHECKPOINT_DISABLE": "1", "PRISMA_HIDE_UPDATE_MESSAGE": "1", "NO_COLOR": "1"}

_PRISMA = """\
import pg from 'pg'
import { PrismaPg } from '@prisma/adapter-pg'

// The adapter does not know PostgreSQL's type "name" (19), which the schema engine asks for: on the wire it is text.
class Pool extends pg.Pool {
  async query(...given) {
    const result = await super.query(...given)
    for (const field of result.fields ?? []) if (field.dataTypeID === 19) field.dataTypeID = 25
    return result
  }
}
// The clock by which the engine gives its lock up keeps on for ten seconds after the work is done.
const { setTimeout } = globalThis
globalThis.setTimeout = (...given) => {
  const timer = setTimeout(...given)
  if (given[1] >= 10_000) timer.unref()
  return timer
}
const { PGHOST, PGPORT, PGUSER, PGDATABASE } = process.env
const pool = () =>
  new Pool({ host: PGHOST, port: Number(PGPORT), user: PGUSER, database: PGDATABASE, allowExitOnIdle: true })
export default {
  experimental: { adapter: true },
  engine: 'js',
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  adapter: async () => new PrismaPg(pool(), { disposeExternalPool: true }),
}
"""
_PRISMA_SCHEMA = """\
generator client {
  provider   = "prisma-client"
  output     = "./client"
  engineType = "client"
}
datasource db {
  provider = "postgresql"
  url      = "postgresql://unused"
}
"""


def program(tool: str, path: str) -> str:
    """Return the path of a tool's program."""
    found = ROOT / tool / "node_modules" / path
    if not found.exists():
        pytest.fail(f"{tool} is not in .tools: scripts/install-migration-tools fetches it")
    return str(found)


def python(tool: str) -> str:
    """Return the interpreter of a tool in Python, which has an environment of its own."""
    found = ROOT / tool / "bin" / "python"
    if not found.exists():
        pytest.fail(f"{tool} is not in .tools: scripts/install-migration-tools fetches it")
    return str(found)


def run(target: Target, *command: str, cwd: Path, fails: bool = False, **more: str) -> str:
    """Run a program and return what it said; it must succeed, unless it is to fail. `more` goes to its environment."""
    params = target.params
    where = {
        "PGHOST": params["host"],
        "PGPORT": params["port"],
        "PGUSER": params["user"],
        "PGDATABASE": target.database,
    }
    environment = {**os.environ, **_QUIET, **where, **more}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    said = done.stdout + done.stderr
    assert (done.returncode != 0) is fails, said
    return said


def url(target: Target, **options: str) -> str:
    """Return the database's address with the socket's folder in the options."""
    given = "&".join(f"{name}={quote(value, safe='')}" for name, value in {"sslmode": "disable", **options}.items())
    return f"postgres://{target.params['user']}@localhost:{target.params['port']}/{target.database}?{given}"


def dbmate(target: Target, folder: Path, *words: str, fails: bool = False) -> str:
    """Run dbmate on a folder of migrations."""
    address = url(target, socket=target.params["host"])
    options = ("--no-dump-schema", "--url", address, "--migrations-dir", str(folder))
    return run(target, program("dbmate", ".bin/dbmate"), *options, *words, cwd=folder, fails=fails)


def supabase(target: Target, project: Path, *words: str, fails: bool = False) -> str:
    """Run the Supabase CLI on a project, whose migrations are in supabase/migrations."""
    remote = f"--remote={url(target, host=target.params['host'])}"
    return run(target, program("supabase", ".bin/supabase"), *words, remote, "--yes", cwd=project, fails=fails)


def supabase_list(target: Target, project: Path) -> list[Any]:
    """Return what `supabase migration list` says: version here, version there."""
    said = supabase(target, project, "migration", "list", "--output-format", "json")
    found = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
    return [(each["local"], each["remote"]) for each in found["migrations"]]


def prisma(target: Target, project: Path, *words: str, fails: bool = False) -> str:
    """Run Prisma with its schema engine in WebAssembly on a project, whose migrations are in migrations/."""
    (project / "prisma.config.mjs").write_text(_PRISMA)
    (project / "schema.prisma").write_text(_PRISMA_SCHEMA)
    if not (project / "node_modules").exists():
        (project / "node_modules").symlink_to(Path(program("prisma", "prisma")).parent)
    command = ("node", "node_modules/prisma/build/index.js", *words, "--config", "prisma.config.mjs")
    return run(target, *command, cwd=project, fails=fails)


def drizzle(target: Target, project: Path, tool: str, *words: str, fails: bool = False) -> str:
    """Run drizzle-kit, before version 1 (`drizzle`) or since (`drizzle-1`), on migrations in drizzle/."""
    params = target.params
    credentials = {"host": params["host"], "port": int(params["port"]), "user": params["user"], "ssl": False}
    found = {"dialect": "postgresql", "out": "./drizzle", "dbCredentials": {**credentials, "database": target.database}}
    (project / "drizzle.config.ts").write_text(f"export default {json.dumps(found)}\n")
    if not (project / "node_modules").exists():
        (project / "node_modules").symlink_to(Path(program(tool, "drizzle-kit")).parent)
    command = ("node", "node_modules/drizzle-kit/bin.cjs", *words, "--config", "drizzle.config.ts")
    return run(target, *command, cwd=project, fails=fails)


_ALEMBIC = """\
from alembic import context
from sqlalchemy import create_engine

with create_engine("postgresql+psycopg://").connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
_KNEX = "module.exports = { client: 'pg', connection: {}, migrations: { directory: './migrations' } }\n"


def sqitch(target: Target, project: Path, *words: str, fails: bool = False) -> str:
    """Run Sqitch on a project, whose plan is in its top."""
    named = {
        "SQITCH_FULLNAME": "Theo T",
        "SQITCH_EMAIL": "theo@example.org",
        "SQITCH_USER_CONFIG": os.devnull,
        "EDITOR": "true",
    }
    return run(target, "sqitch", *words, cwd=project, fails=fails, **named)


def deployed(target: Target) -> str:
    """Return a database's address as Sqitch wants it; where it is comes from the environment."""
    return f"db:pg:{target.database}"


def alembic(target: Target, project: Path, *words: str, fails: bool = False) -> str:
    """Run Alembic on a project, whose revisions are in alembic/versions."""
    (project / "alembic.ini").write_text("[alembic]\nscript_location = alembic\n")
    (project / "alembic" / "env.py").write_text(_ALEMBIC)
    return run(target, python("alembic"), "-m", "alembic", *words, cwd=project, fails=fails)


def knex(target: Target, project: Path, *words: str, fails: bool = False) -> str:
    """Run Knex on a project, whose migrations are in migrations/."""
    (project / "knexfile.js").write_text(_KNEX)
    if not (project / "node_modules").exists():
        (project / "node_modules").symlink_to(Path(program("knex", "knex")).parent)
    return run(target, "node", "node_modules/knex/bin/cli.js", *words, cwd=project, fails=fails)


def yoyo(target: Target, folder: Path, *words: str, fails: bool = False) -> str:
    """Run yoyo on a folder of migrations."""
    params = target.params
    where = f"postgresql+psycopg://{params['user']}@/{target.database}?host={quote(params['host'], safe='')}"
    options = ("--batch", "--no-config-file", "--database", f"{where}&port={params['port']}", str(folder))
    return run(target, python("yoyo"), "-m", "yoyo", words[0], *words[1:], *options, cwd=folder, fails=fails)
