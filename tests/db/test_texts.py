"""Whatever a database holds can be read, and whatever a server says can be shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.query import Columns, Query
from console.db.session import Session
from console.errors import BadSql, ConsoleError, StatementFailed
from tests.databases import Databases


@pytest.fixture(scope="module")
def ascii_database(databases: Databases) -> Iterator[Target]:
    """Return a database that takes bytes as they come; even a column has a name that is no UTF-8."""
    target = databases.target("unchecked")
    with databases.connect() as connection:
        connection.execute("CREATE DATABASE unchecked TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    with databases.connect("unchecked") as connection:
        connection.execute(
            b'CREATE TABLE unchecked ("c\xff" text, n name, v varchar, a text[], k "char");'
            b"INSERT INTO unchecked VALUES ('x\xffy', 'n\xff', 'v\xfe', ARRAY['a\xff'], 'k');"
            b"COMMENT ON TABLE unchecked IS 'said \xff'"
        )
    yield target
    databases.drop(target)


@pytest.fixture
async def unchecked(ascii_database: Target) -> AsyncIterator[Session]:
    """Return a session on it."""
    async with await Session.open(ascii_database, what="test") as session:
        yield session


async def test_bytes_that_are_no_text_are_streamed_as_escapes(unchecked: Session) -> None:
    head, rows = [part async for part in unchecked.stream("SELECT * FROM unchecked")]
    assert isinstance(head, Columns)
    assert head.columns[0].name == "c\\xff"
    assert rows == [("x\\xffy", "n\\xff", "v\\xfe", "{a\\xff}", "k")]


async def test_bytes_that_are_no_text_are_read(unchecked: Session) -> None:
    asked = "SELECT v, n, a, pg_catalog.obj_description(tableoid, 'pg_class') FROM public.unchecked"
    assert await unchecked.read(Query(asked)) == [[("v\\xfe", "n\\xff", ["a\\xff"], "said \\xff")]]  # type: ignore[arg-type]


async def test_bytes_that_are_no_text_come_in_errors_and_notices(unchecked: Session) -> None:
    async with unchecked.writing(consent(unchecked.target, action="test")) as writer:
        await writer.execute("DO $$ BEGIN RAISE NOTICE '%', (SELECT v FROM unchecked); END $$")
        assert writer.notices
    with pytest.raises(StatementFailed, match="invalid input syntax"):
        [part async for part in unchecked.stream("SELECT v::int FROM unchecked")]


async def test_a_text_that_cannot_be_sent_is_refused(session: Session) -> None:
    with pytest.raises(StatementFailed, match="UTF-8 cannot say"):
        [part async for part in session.stream("SELECT '\udcff'")]
    with pytest.raises(StatementFailed, match="UTF-8 cannot say"):
        async with session.writing(consent(session.target, action="test")) as writer:
            await writer.execute("SELECT '\udcff'")
    with pytest.raises(ConsoleError):
        await session.read(Query("SELECT %(x)s", {"x": "a\x00b"}))
    assert await session.read(Query("SELECT 1")) == [[(1,)]]


@pytest.mark.parametrize("sql", ["SELECT 1 \x00; DROP TABLE t", "SELECT 'a\x00b'"])
async def test_a_statement_is_not_cut_short_at_a_nul(session: Session, sql: str) -> None:
    with pytest.raises(BadSql, match="NUL"):
        [part async for part in session.stream(sql)]
    with pytest.raises(BadSql, match="NUL"):
        async with session.writing(consent(session.target, action="test")) as writer:
            await writer.execute(sql)


async def test_sixteen_hundred_columns(session: Session) -> None:
    wide = "SELECT " + ", ".join(f"{i} AS c{i}" for i in range(1600))
    head, rows = [part async for part in session.stream(wide)]
    assert isinstance(head, Columns)
    assert len(head.columns) == len(rows[0]) == 1600
    assert (rows[0][0], rows[0][1599]) == ("0", "1599")


async def test_columns_keep_their_types_and_modifiers(session: Session) -> None:
    for sql in (
        "SELECT 1.5::numeric(10,2) AS n, 'x'::varchar(7) AS v",
        "SELECT 1::numeric(10,2) AS n, 'x'::varchar(7) AS v WHERE false",
    ):
        [head, *_] = [part async for part in session.stream(sql)]
        assert isinstance(head, Columns)
        assert [(c.name, c.type_oid, c.modifier) for c in head.columns] == [("n", 1700, 655366), ("v", 1043, 11)]


async def test_an_empty_result_is_not_computed_twice(session: Session) -> None:
    async with session.writing(consent(session.target, action="test")) as writer:
        await writer.execute(
            "CREATE FUNCTION loud() RETURNS SETOF int LANGUAGE plpgsql AS $$BEGIN RAISE WARNING 'computed'; END$$"
        )
    assert session._connection is not None
    said: list[str | None] = []
    session._connection.add_notice_handler(lambda notice: said.append(notice.message_primary))
    [head] = [part async for part in session.stream("SELECT one FROM loud() AS one")]
    assert isinstance(head, Columns)
    assert head.columns[0].name == "one"
    assert said == ["computed"]


def test_wide_rows_stream_in_bounded_memory(database: Target) -> None:
    """400 rows of 1 MB: never more than a hundred of them are held by the driver, and one batch of the caller's."""
    program = f"""
import asyncio
from console.config.profile import Target
from console.db.session import Session
async def main():
    async with await Session.open(Target("t", {dict(database.params)!r})) as session:
        async for part in session.stream("SELECT repeat('x', 1000000) FROM generate_series(1, 400)", size=10):
            pass
asyncio.run(main())
print(int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 250


async def test_a_cell_of_a_hundred_megabytes_arrives(straight: Session) -> None:
    """It takes its size in memory a few times over: the driver has it as bytes, Python as text."""
    _, rows = [part async for part in straight.stream("SELECT repeat('x', 100000000)", timeout=60)]
    assert len(rows[0][0] or "") == 100_000_000


async def test_hostile_text_in_an_error_is_harmless(session: Session) -> None:
    with pytest.raises(StatementFailed) as caught:
        [part async for part in session.stream('SELECT * FROM "\x1b]52;c;AAAA\x07\x1b[31m\u202e[bold]x"')]
    for text in (caught.value.title, caught.value.detail, caught.value.hint):
        assert not set("\x1b\x07\u202e") & set(text)
    with pytest.raises(StatementFailed) as caught:
        async with session.writing(consent(session.target, action="test")) as writer:
            await writer.execute(
                "DO $$ BEGIN RAISE EXCEPTION E'\x1b[2Jgone' USING DETAIL = E'\x1b[2J', HINT = E'\x1b[2J'; END $$"
            )
    assert "\x1b" not in caught.value.title + caught.value.detail + caught.value.hint
