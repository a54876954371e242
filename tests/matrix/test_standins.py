"""Stand-ins have the signatures of the real ones, wherever a server has these."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from console.config.profile import Target
from console.db.local import standins
from console.db.local.installations import embedded
from tests.databases import Databases

SIGNATURES = """
SELECT p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
    p.provolatile, p.proisstrict, p.proparallel
FROM pg_proc AS p
JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON e.oid = d.refobjid
WHERE e.extname = %s AND p.prorettype <> 'internal'::regtype
"""


@pytest.fixture(scope="module")
def stood_in(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[object, ...]]]:
    """Return the signatures of all stand-ins, from a server that has nothing else."""
    wheel = embedded(18)
    found = {}
    with Databases.started(tmp_path_factory.mktemp("standins"), version=18, installation=wheel) as databases:
        folder = databases.server.data.parent / "standins"
        path = standins.lay(standins.of(wheel), folder)
        with databases.connect() as connection:
            connection.execute(f"SET extension_control_path = '{path}'".encode())
            for name in standins.VERSIONS:
                connection.execute(f'CREATE EXTENSION "{name}"'.encode())
                found[name] = signatures(connection, name)
    return found


def signatures(connection: psycopg.Connection[tuple[object, ...]], extension: str) -> set[tuple[object, ...]]:
    return set(connection.execute(SIGNATURES.encode(), [extension]).fetchall())


@pytest.mark.parametrize("extension", standins.VERSIONS)
def test_signatures(
    stood_in: dict[str, set[tuple[object, ...]]],
    make_database: Callable[..., Target],
    databases: Databases,
    extension: str,
    tmp_path: Path,
) -> None:
    with databases.connect(make_database()) as connection:
        row = connection.execute(
            "SELECT default_version FROM pg_available_extensions WHERE name = %s", [extension]
        ).fetchone()
        if row is None or row[0] != standins.VERSIONS[extension]:
            assert extension not in WANTED.get(databases.server.installation.version, ()), "contrib is missing here"
            return
        connection.execute(f'CREATE EXTENSION "{extension}"'.encode())
        assert signatures(connection, extension) == stood_in[extension]
        assert len(stood_in[extension]) == standins.functions(extension)


WANTED = {
    14: {"pgcrypto", "uuid-ossp", "moddatetime", "unaccent"},
    17: {"fuzzystrmatch", "moddatetime", "pgcrypto", "unaccent", "uuid-ossp"},
}
"""The versions whose contrib the tests bring along."""
