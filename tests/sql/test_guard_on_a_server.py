"""The second belt on a server: what lies behind the names of a statement, and whether the lists are complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.query import Query
from console.db.session import Session
from console.sql import builtins, queries, reading, statements, uses
from console.sql.uses import Concern, Use
from tests.databases import Databases

_HERE = Path(__file__).parent
_PATH = ("pg_catalog", "public")


async def _concerns(session: Session, sql: str, path: tuple[str, ...] | None = _PATH) -> tuple[Concern, ...]:
    verdict = reading.check(sql)
    assert verdict.allowed, verdict.reason
    found = await session.read(Query(queries.load("guard/uses"), uses.parameters(verdict, path), Use))
    return uses.concerns(found[0])


def _text(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text("utf-8")


@pytest.mark.parametrize(
    ("ground", "reads"),
    [
        pytest.param("ground", "honest_reads"),
        pytest.param("ground", "honest_reads_16", marks=pytest.mark.since(16)),
        pytest.param("ground", "honest_reads_17", marks=pytest.mark.since(17)),
        pytest.param("ground_vector", "honest_reads_vector", marks=pytest.mark.vector),
    ],
)
async def test_honest_reads_run_and_have_nothing_behind_them(
    make_database: Callable[..., Target], databases: Databases, ground: str, reads: str
) -> None:
    target = make_database(_text(ground))
    found = statements.split(_text(reads))
    async with await Session.open(target, what="test") as session:
        for statement in found:
            assert await _concerns(session, statement.text) == (), statement.text
    with databases.connect(target) as connection:
        connection.execute("SET default_transaction_read_only = on")
        for statement in found:
            connection.execute(statement.text.encode())


@pytest.fixture(scope="module")
def evil(databases: Databases) -> Iterator[Target]:
    """A database in which nothing is what it seems; the tests only look."""
    target = databases.make((_HERE / "evil.sql").read_text("utf-8"))
    yield target
    databases.drop(target)


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("SELECT evil()", "public.evil() is volatile: it may write."),
        ("SELECT public.evil()", "public.evil() is volatile: it may write."),
        ("SELECT calm()", "public.evil(), reached through calm, is volatile: it may write."),
        ("SELECT parsed()", "public.evil(), reached through parsed, is volatile: it may write."),
        (
            "SELECT inner_create(0)",
            "public.inner_create(oid) is written in internal, which may do anything on the server.",
        ),
        (
            "SELECT * FROM large",
            "lo_create(oid), reached through large, is not on the list of PostgreSQL's functions that only read.",
        ),
        (
            "SELECT id FROM public.larger",
            "lo_create(oid), reached through public.larger, is not on the list of PostgreSQL's functions that only "
            "read.",
        ),
        ("SELECT 1::picky", "public.evil(), reached through picky, is volatile: it may write."),
        ("SELECT '{1}'::picky[]", "public.evil(), reached through picky, is volatile: it may write."),
        ("SELECT NULL::pair", "public.evil(), reached through pair, is volatile: it may write."),
        (
            "SELECT * FROM json_to_record('{}') AS r(a picky)",
            "public.evil(), reached through picky, is volatile: it may write.",
        ),
        ("SELECT lower(p) FROM people p", "public.lower(public.people) is volatile: it may write."),
        ("SELECT people.wipe FROM people", "public.wipe(public.people) is volatile: it may write."),
        ("SELECT (p).wipe FROM people p", "public.wipe(public.people) is volatile: it may write."),
        ("SELECT p.evil FROM unnest(ARRAY['a']) p", "public.evil(text) is volatile: it may write."),
        (
            "SELECT 1 === 'a'",
            "public.alike(integer,text), reached through ===, is volatile: it may write.",
        ),
        (
            "SELECT * FROM people JOIN guarded USING (id)",
            "public.alike(integer,text), reached through =, is volatile: it may write.",
        ),
        (
            "SELECT !!! 1::oid",
            "lo_unlink(oid), reached through !!!, is not on the list of PostgreSQL's functions that only read.",
        ),
        ("TABLE guarded", "public.evil(), reached through guarded, is volatile: it may write."),
        ("SELECT * FROM parts", "public.evil(), reached through parts, is volatile: it may write."),
        (
            "SELECT total(id) FROM people",
            "public.add_up(integer,integer), reached through total, is volatile: it may write.",
        ),
        pytest.param(
            "SELECT JSON_SCALAR(1)",
            'public."json_scalar"(integer,integer), reached through json_scalar, is volatile: it may write.',
            marks=pytest.mark.since(17),
        ),
        (
            "SELECT * FROM over_there",
            "public.elsewhere, reached through over_there, is read from elsewhere by far, where the guard of this "
            "server ends.",
        ),
        ("COPY guarded TO STDOUT", "public.evil(), reached through guarded, is volatile: it may write."),
        ("EXPLAIN ANALYZE SELECT evil()", "public.evil() is volatile: it may write."),
    ],
)
async def test_names_what_may_write(evil: Target, sql: str, sentence: str) -> None:
    async with await Session.open(evil, what="test") as session:
        said = [concern.sentence for concern in await _concerns(session, sql)]
        assert sentence in said
        assert await _concerns(session, sql, path=None), "without a path, every schema is looked in"


async def test_a_cast_of_the_database_s_own_is_always_named(make_database: Callable[..., Target]) -> None:
    target = make_database(
        "CREATE TYPE pair AS (a int);"
        "CREATE FUNCTION convert_pair(pair) RETURNS json LANGUAGE plpgsql AS 'BEGIN RETURN ''1''; END';"
        "CREATE CAST (pair AS json) WITH FUNCTION convert_pair(pair)"
    )
    async with await Session.open(target, what="test") as session:
        (concern,) = await _concerns(session, "SELECT to_json(x) FROM anything x")
    assert concern.name == "public.convert_pair(public.pair)"


async def test_a_name_outside_the_path_is_not_meant(evil: Target) -> None:
    async with await Session.open(evil, what="test") as session:
        assert await _concerns(session, "SELECT evil()", path=("pg_catalog",)) == ()


async def test_the_path_is_that_of_the_session(databases: Databases, evil: Target) -> None:
    with databases.connect(evil) as connection:
        rows = connection.execute(queries.load("guard/searched_schemas")).fetchall()
    assert rows == [("pg_catalog",), ("public",)]


async def test_the_lists_know_every_function_of_the_server(session: Session) -> None:
    (functions,) = await session.read(Query(queries.load("guard/builtin_functions"), row=builtins.Builtin))
    sorted_now = builtins.sort(functions)
    assert set(sorted_now["safe_functions"]) <= builtins.safe() | builtins.unsafe()  # unsafe on another version
    assert set(sorted_now["unsafe_functions"]) <= builtins.unsafe()
    assert set(sorted_now["inner_functions"]) <= builtins.inner() | builtins.unsafe()


def test_the_lists_do_not_overlap() -> None:
    assert not builtins.safe() & builtins.unsafe()
    assert not builtins.safe() & builtins.inner()
    assert not builtins.unsafe() & builtins.inner()
    assert builtins.never().keys() <= builtins.unsafe()
    assert builtins.harmless() <= builtins.safe()
