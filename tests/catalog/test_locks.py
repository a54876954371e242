"""No reader waits behind a lock: what it hides is left out and named, with the process that holds it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from console.catalog import detail, outline, reader
from console.catalog.model import Index, Key, Kind, Policy, Routine, Table, View
from console.db.session import Session
from tests.catalog.conftest import Tortured

READING = 2  # round trips of one reading; whoever meets a lock and waits for it in vain reads again
LOCKABLE = (
    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'"
)


@pytest.fixture
def holder(tortured: Tortured) -> Iterator[psycopg.Connection]:
    """Return a second connection with a transaction open; whatever it locks is let go at the end."""
    with tortured.databases.connect(tortured.target) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


def lock(connection: psycopg.Connection, *tables: str) -> int:
    for table in tables:
        connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
    return connection.info.backend_pid


async def test_the_catalog_names_what_is_locked(session: Session, holder: psycopg.Connection) -> None:
    pid = lock(holder, "ONLY app.users")
    await session.read()
    trips = session.trips
    catalog = await reader.read(session)
    assert session.trips == trips + READING
    users = Key(Kind.TABLE, "app", "users")
    assert catalog.locked[users] == pid
    assert set(catalog.locked.values()) == {pid}
    for key in (
        Key(Kind.INDEX, "app", "users_name_lower"),
        Key(Kind.CONSTRAINT, "app", "score is sane", "users"),
        Key(Kind.POLICY, "app", "own_rows", "users"),
        Key(Kind.STATISTICS, "app", "user_stats"),
        Key(Kind.TRIGGER, "app", "touch_users", "users"),
        Key(Kind.RULE, "app", "insert_user", "joined_view"),
        Key(Kind.VIEW, "app", "user_list"),
        Key(Kind.FUNCTION, "app", "atomic_body", args="bigint"),
    ):
        assert key in catalog.locked, str(key)


async def test_what_is_not_locked_is_read_as_ever(
    tortured: Tortured, session: Session, holder: psycopg.Connection
) -> None:
    lock(holder, "ONLY app.users")
    catalog = await reader.read(session)
    same = {key for key, value in catalog.objects.items() if value == tortured.catalog.objects[key]}
    assert set(catalog.objects) == set(tortured.catalog.objects)
    assert set(catalog.objects) - same <= set(catalog.locked)
    assert catalog.edges == tortured.catalog.edges


async def test_everything_locked_at_once(tortured: Tortured, session: Session, holder: psycopg.Connection) -> None:
    tables = [row[0] for row in holder.execute(LOCKABLE)]
    assert len(tables) > 20
    lock(holder, *(f"ONLY {table}" for table in tables))
    holder.execute("REFRESH MATERIALIZED VIEW app.filled")
    await session.read()
    trips = session.trips
    catalog = await reader.read(session)
    assert session.trips == trips + READING
    found = await outline.read(session)
    assert set(catalog.objects) == set(tortured.catalog.objects)
    assert len(found) > len(catalog.objects)
    hidden = [value for value in catalog.of(Index) if value.definition is None]
    assert len(hidden) > 10
    assert {value.key for value in hidden} <= set(catalog.locked)


async def test_a_lock_that_somebody_waits_for_counts_as_well(
    tortured: Tortured, session: Session, holder: psycopg.Connection
) -> None:
    """A reader would queue behind the one who waits."""
    holder.execute("LOCK TABLE app.users IN ACCESS SHARE MODE")
    with tortured.databases.connect(tortured.target) as waiter:
        waiter.execute("SET lock_timeout = '120s'")
        waiting = asyncio.create_task(asyncio.to_thread(_try_lock, waiter))
        while not holder.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND pid = %s", [waiter.info.backend_pid]
        ).fetchone():
            await asyncio.sleep(0.01)
        await session.read()
        trips = session.trips
        catalog = await reader.read(session)
        assert session.trips == trips + READING
        assert catalog.locked[Key(Kind.TABLE, "app", "users")] == waiter.info.backend_pid
        holder.execute("ROLLBACK")
        await waiting


def _try_lock(waiter: psycopg.Connection) -> None:
    with waiter.transaction():
        waiter.execute("LOCK TABLE ONLY app.users IN ACCESS EXCLUSIVE MODE")


async def test_hidden_definitions_are_none(session: Session, holder: psycopg.Connection) -> None:
    lock(holder, "ONLY app.users")
    catalog = await reader.read(session)
    view = catalog.get(Kind.VIEW, "app", "user_list")
    assert isinstance(view, View)
    assert view.definition is None
    policy = catalog.get(Kind.POLICY, "app", "own_rows", "users")
    assert isinstance(policy, Policy)
    assert (policy.locked, policy.using, policy.check) == (True, None, None)
    routine = catalog.get(Kind.FUNCTION, "app", "standard_body", args="app.users")
    assert isinstance(routine, Routine)
    assert routine.definition is None
    table = catalog.get(Kind.TABLE, "app", "users")
    assert isinstance(table, Table)
    columns = {column.name: column for column in table.columns}
    assert columns["doubled"].locked is True
    assert columns["joined"].default == "now()"


async def test_the_outline_does_not_notice(session: Session, holder: psycopg.Connection) -> None:
    free = await outline.read(session)
    lock(holder, "ONLY app.users")
    trips = session.trips
    locked = await outline.read(session)
    assert session.trips == trips + 1
    assert locked.lines.names == free.lines.names


async def test_the_detail_says_who_holds_the_lock(session: Session, holder: psycopg.Connection) -> None:
    pid = lock(holder, "ONLY app.users")
    tree = await outline.read(session)
    found = {entry.name: entry.oid for schema in tree.schemas for entry in tree.children(schema, Kind.TABLE)}
    views = {entry.name: entry.oid for schema in tree.schemas for entry in tree.children(schema, Kind.VIEW)}
    trips = session.trips
    users = await detail.read(session, found["orders"]), await detail.read(session, views["user_list"])
    table = await detail.read(session, tree.find_key(Key(Kind.TABLE, "app", "users")).oid)
    assert session.trips == trips + 3
    assert table is not None
    assert table.head.locked_by == pid
    assert all(index.definition is None for index in table.indexes)
    assert users[0] is not None
    assert users[0].head.locked_by is None
    assert users[1] is not None
    assert users[1].head.definition is None
