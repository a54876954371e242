"""The real psql, run on a database as a person runs it on a script."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import psycopg

from console.config.profile import Target
from console.db.local import installations
from tests import servers

_PATIENCE = 60.0


def run(target: Target, script: Path, *, fails: bool = False, careful: bool = True) -> str:
    """Run a file and return what psql said; `careful` stops at the first error."""
    code, said = ended(target, script, careful=careful)
    assert (code != 0) is fails, said
    return said


def ended(target: Target, script: Path, *, careful: bool = True) -> tuple[int, str]:
    """Run a file; return psql's exit code (3: an error stopped it) and what it said."""
    program = servers.client(installations.embedded(), "psql")
    params = target.params
    where = {"PGHOST": params["host"], "PGPORT": params["port"], "PGUSER": params["user"]}
    command = [str(program), "--no-psqlrc", *(["-v", "ON_ERROR_STOP=1"] if careful else []), "-f", str(script)]
    environment = {**os.environ, **where, "PGDATABASE": target.database}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return done.returncode, done.stdout + done.stderr


def until(target: Target, query: str) -> None:
    """Wait until a query of one number gives more than 0."""
    deadline = time.monotonic() + _PATIENCE
    with psycopg.connect(**target.params, autocommit=True) as connection:  # type: ignore[arg-type]
        while connection.execute(query.encode()).fetchone() == (0,):
            assert time.monotonic() < deadline, query
            time.sleep(0.02)
