"""The judge of drift: our SQL is run on a database, which then is the other one, by our reader and by pg_dump."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from console.catalog import compare, reader
from console.catalog.compare import Action
from console.catalog.model import Catalog, Table
from console.config.profile import Target
from console.db.session import Session
from console.drift.planning.planning import Plan, plan
from console.sql.quoting import dotted
from tests.catalog import dumps
from tests.databases import Databases


@dataclass(frozen=True)
class Side:
    """One database as it was loaded: what it is in our eyes and, where pg_dump is asked, in its."""

    target: Target
    catalog: Catalog
    dump: list[str]


async def look(databases: Databases, target: Target, *, dumped: bool) -> Side:
    """Return a database as it is now."""
    return Side(target, await read(target), dumps.schema(databases, target) if dumped else [])


async def read(target: Target) -> Catalog:
    """Return a database's catalog."""
    async with await Session.open(target, what="drift") as session:
        return await reader.read(session)


async def judge(databases: Databases, a: Side, b: Side) -> str:
    """Turn `a` into `b`; return what is wrong with it, an empty text when nothing is."""
    found = plan(a.catalog, b.catalog)
    held = rows(databases, a, b)
    said = run(databases, a.target, found)
    if said:
        return f"{said}\n{script(found)}"
    lost = {table: (had, has) for table, has in rows(databases, a, b).items() if (had := held[table]) != has}
    if lost:
        return f"Rows are lost (before, now): {lost}\n{script(found)}"
    now = await look(databases, a.target, dumped=bool(b.dump))
    rest = [each for each in compare.compare(now.catalog, b.catalog) if each.action is not Action.REORDER]
    if rest:
        told = "\n".join(f"{each.action} {each.key.kind} {each.key} {each.differences}" for each in rest)
        return f"This is left:\n{told}\n{script(found)}"
    if sorted(_bare(now.dump)) != sorted(_bare(b.dump)):
        lines = difflib.unified_diff(list(_bare(now.dump)), list(_bare(b.dump)), "ours", "wanted", lineterm="", n=1)
        return "pg_dump sees more:\n" + "\n".join(lines) + "\n" + script(found)
    return ""


def rows(databases: Databases, a: Side, b: Side) -> dict[str, int]:
    """Return how many rows the tables have that are on both sides, and are partitioned in the same way if they are."""
    both = {made.key for made in a.catalog.of(Table)} & {made.key for made in b.catalog.of(Table)}
    keys = {key: [getattr(side.catalog.objects[key], "partition_key", None) for side in (a, b)] for key in both}
    names = [dotted(key.schema, key.name) for key, (was, now) in keys.items() if was == now]
    if not names:
        return {}
    with databases.connect(a.target) as connection:
        counted = ", ".join(f"(SELECT count(*) FROM ONLY {name})" for name in names)
        found = connection.execute(f"SELECT {counted}".encode()).fetchone()
        return dict(zip(names, found or (), strict=True))


def run(databases: Databases, target: Target, found: Plan) -> str:
    """Run the statements one by one, as psql does; return what the server says against one."""
    with databases.connect(target) as connection:
        for text in (*found.preamble, *(each.text for each in found.statements)):
            try:
                connection.execute(text.encode())
            except psycopg.Error as error:
                return f"{error.diag.message_primary or error}\n  {text}\n"
    return ""


def script(found: Plan) -> str:
    """Return the statements as they are given to psql."""
    return "".join(f"{text};\n" for text in (*found.preamble, *(each.text for each in found.statements)))


def _bare(lines: list[str]) -> Iterator[str]:
    """Yield lines in which the order of columns does not show."""
    return (line.rstrip(",") for line in lines)


def drop(databases: Databases, target: Target) -> None:
    """Drop a database; the server does not while there are subscriptions in it."""
    with databases.connect(target) as connection:
        own = "SELECT subname FROM pg_subscription JOIN pg_database d ON d.oid = subdbid WHERE datname = %s"
        for (name,) in connection.execute(own, [target.database]).fetchall():
            connection.execute(sql.SQL("DROP SUBSCRIPTION {}").format(sql.Identifier(name)))
    databases.drop(target)
