"""pg_dump as a judge: the schema of a database as text, without what is different every time."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator

from console.config.profile import Target
from tests import servers
from tests.databases import Databases

_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}


def environment(databases: Databases, target: Target) -> dict[str, str]:
    """Return the environment in which PostgreSQL's own programs find a database."""
    params = databases.server.params(target.database)
    found = {name: str(params[key]) for key, name in _VARIABLES.items() if key in params}
    return {"PATH": os.environ["PATH"], "PGCONNECT_TIMEOUT": "10", **found}


def schema(databases: Databases, target: Target) -> list[str]:
    """Return the lines of `pg_dump --schema-only`, GRANT and REVOKE sorted, without the random first command."""
    program = servers.client(databases.server.installation, "pg_dump")
    done = subprocess.run(
        [program, "--schema-only"], env=environment(databases, target), capture_output=True, text=True, check=True
    )
    return list(_steady(done.stdout.splitlines()))


def _steady(lines: list[str]) -> Iterator[str]:
    rights: list[str] = []
    for line in lines:
        if re.match(r"GRANT |REVOKE ", line):
            rights.append(line)
            continue
        yield from sorted(rights)
        rights.clear()
        if not re.match(r"\\(un)?restrict ", line):
            yield line
    yield from sorted(rights)
