"""Systems that need pgvector, on every version: where the server has none, the first step says so, leaving nothing."""

from collections.abc import Callable

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import MigrationFailed
from tests.databases import Databases
from tests.migrations.project import Project
from tests.systems.every import EVERY
from tests.systems.expected import System

_NEED_VECTOR = [pytest.param(system, id=system.name) for system in EVERY if system.vector]
_OURS = """
    SELECT relname FROM pg_class WHERE relnamespace IN
        (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'dbconsole'))
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema|public|dbconsole)'
    UNION ALL SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL SELECT version FROM dbconsole.migrations
"""


def _has_vector(databases: Databases) -> bool:
    with databases.connect() as connection:
        found = connection.execute("SELECT FROM pg_available_extensions WHERE name = 'vector'")
        return found.fetchone() is not None


@pytest.mark.parametrize("system", _NEED_VECTOR)
async def test_goes_through_or_says_what_the_server_lacks(
    databases: Databases, make_database: Callable[..., Target], major: int, system: System
) -> None:
    database = make_database()
    async with await Session.open(database, what="test") as session:
        project = Project(system.folder, session)
        if _has_vector(databases):
            await project.up()
            assert set((await project.states()).values()) == {"applied"}
            return
        with pytest.raises(MigrationFailed) as caught:
            await project.up()
    assert f"this server (PostgreSQL {major}." in caught.value.title
    assert caught.value.title.endswith("does not have the extension vector.")
    assert f"postgresql-{major}-pgvector" in caught.value.hint
    assert f"Nothing of {system.migrations[0]} remains." in caught.value.detail
    with databases.connect(database) as connection:
        assert connection.execute(_OURS).fetchall() == []
