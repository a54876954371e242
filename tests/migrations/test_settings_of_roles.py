"""What a role or a database has set for its applications does not change what a migration does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.migrations.running.events import MigrationApplied
from tests.databases import Databases
from tests.migrations.project import Project, of_kind

SETTINGS = {
    "timeouts": ("statement_timeout = '800ms'", "transaction_timeout = '800ms'", "lock_timeout = '1ms'"),
    "idle": ("idle_in_transaction_session_timeout = '400ms'",),
    "read only": ("default_transaction_read_only = on", "default_transaction_deferrable = on"),
    "serializable": ("default_transaction_isolation = 'serializable'",),
    "repeatable read": ("default_transaction_isolation = 'repeatable read'",),
    "dates": ("datestyle = 'SQL, DMY'", "intervalstyle = 'sql_standard'"),
    "others": (
        "synchronous_commit = off",
        "standard_conforming_strings = off",
        "timezone = 'Asia/Kolkata'",
        "client_min_messages = 'error'",
        "check_function_bodies = off",
        "row_security = off",
    ),
}

WHOLE = "CREATE TABLE one (id int);\nSELECT pg_sleep(1);\nINSERT INTO one VALUES (1);\n"
ALONE = (
    "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY one_id ON one (id);\nSELECT pg_sleep(1);\nVACUUM one;\n"
)


@pytest.fixture
def governed(database: Target, databases: Databases) -> Iterator[Target]:
    """Return the way to the fresh database as a role of its own, which owns it."""
    role = f"governed_{database.database}"
    with databases.connect() as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN; ALTER DATABASE {database.database} OWNER TO {role}".encode())
        yield replace(database, params={**database.params, "user": role})
        databases.drop(database)
        admin.execute(f"DROP ROLE {role}".encode())


@pytest.mark.since(17)
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
async def test_it_runs_as_ever(
    governed: Target, databases: Databases, tmp_path: Path, settings: tuple[str, ...]
) -> None:
    """Two runners at once, there and back."""
    with databases.connect() as admin:
        for each in settings:
            admin.execute(f"ALTER ROLE {governed.params['user']} SET {each}".encode())
    async with (
        await Session.open(governed, what="test") as session,
        await Session.open(governed, what="test") as another,
    ):
        project, other = Project(tmp_path, session), Project(tmp_path, another)
        project.write("0001_whole", WHOLE, "DROP TABLE one;")
        project.write("0002_alone", ALONE, "-- dbconsole: no-transaction\nDROP INDEX CONCURRENTLY one_id;")
        plans = await asyncio.gather(project.planned_up(), other.planned_up())
        both = await asyncio.gather(project.run(plans[0]), other.run(plans[1]))
        assert sum(len(of_kind(events, MigrationApplied)) for events in both) == 2
        assert (await project.status()).up_to_date
        assert await project.value("SELECT count(*) FROM public.one") == 1
        await project.down(everything=True)
        assert list((await project.states()).values()) == ["pending"] * 2


async def test_the_roles_search_path_is_the_migrations(governed: Target, databases: Databases, tmp_path: Path) -> None:
    """Its tables go where the role's applications look for them; the ledger stays where it is."""
    with databases.connect(replace(governed, params=governed.params)) as admin:
        admin.execute(f"CREATE SCHEMA app AUTHORIZATION {governed.params['user']}".encode())
        admin.execute(f"ALTER ROLE {governed.params['user']} SET search_path = app, public".encode())
    async with await Session.open(governed, what="test") as session:
        project = Project(tmp_path, session)
        project.write("0001_whole", "CREATE TABLE one (id int);")
        project.write("0002_alone", "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY one_id ON one (id);")
        await project.up()
        assert await project.value(
            "SELECT to_regclass('app.one') IS NOT NULL AND to_regclass('app.one_id') IS NOT NULL"
        )
        assert (await project.status()).up_to_date
