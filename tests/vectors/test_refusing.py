"""Rows that the database refuses while a column is filled: the others are written, and they are named."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.session import Session
from console.errors import StatementFailed
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.filling.declared import Declared
from console.vectors.filling.filling import Filled, fill
from tests.databases import Databases

ROWS = 60
GROUND = f"""
    CREATE EXTENSION vector;
    CREATE TABLE notes (id int PRIMARY KEY, body text, embedding vector(1024), embedding_status text,
        CHECK (embedding IS NULL OR id <> 17));
    INSERT INTO notes SELECT i, 'note number ' || i, NULL, 'pending' FROM generate_series(1, {ROWS}) AS i;
"""
RAISING = """
    CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {body} RETURN NEW; END $$;
    CREATE {kind} TRIGGER keep {when} UPDATE ON notes {how} FOR EACH ROW EXECUTE FUNCTION keep();
"""
NOTES = Declared("public", "notes", "embedding", ("body",))

Connection = psycopg.Connection[Any]


def raising(condition: str, *, kind: str = "", when: str = "BEFORE", how: str = "") -> str:
    said = f"IF {condition} THEN RAISE EXCEPTION 'not %', NEW.id USING ERRCODE = 'MY001'; END IF;"
    return RAISING.format(body=said, kind=kind, when=when, how=how)


DEFERRED = {"kind": "CONSTRAINT", "when": "AFTER", "how": "DEFERRABLE INITIALLY DEFERRED"}


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    return make_database(GROUND)


@pytest.fixture
def connection(databases: Databases, target: Target) -> Any:
    with databases.connect(target) as opened:
        yield opened


@pytest.fixture
async def session(target: Target) -> AsyncIterator[Session]:
    async with await Session.open(target, what="test") as opened:
        yield opened


async def run(session: Session, **options: Any) -> Filled:
    filling = fill(session, [NOTES], HashingEmbedder(), consent(session.target, action="fill"), **options)
    return [each async for each in filling][-1]


def empty(connection: Connection) -> list[tuple[int, str]]:
    return connection.execute("SELECT id, embedding_status FROM notes WHERE embedding IS NULL ORDER BY id").fetchall()


@pytest.mark.parametrize("batch", [1, 7, 500])
async def test_a_row_that_a_check_refuses_is_named_and_the_others_are_written(
    session: Session, connection: Connection, batch: int
) -> None:
    done = await run(session, batch=batch)
    assert (done.rows, done.failed, done.left) == (ROWS - 1, 1, 0)
    [refused] = done.refused
    assert refused.key == ("17",)
    assert 'violates check constraint "notes_check"' in refused.sentence
    assert "The database refused 1 row, which stay" in " ".join(done.remarks)
    assert empty(connection) == [(17, "failed")]
    statistics = connection.execute("SELECT reltuples FROM pg_class WHERE relname = 'notes'").fetchall()
    assert statistics == [(ROWS,)]


@pytest.mark.parametrize(
    ("condition", "options", "states"),
    [
        ("NEW.embedding IS NOT NULL AND NEW.id % 20 = 3", {}, "failed"),
        ("NEW.embedding IS NOT NULL AND NEW.id % 20 = 3", DEFERRED, "failed"),
        ("NEW.id % 20 = 3", {}, "pending"),  # not even the state may be written
    ],
    ids=["at once", "at the end of the transaction", "whatever is written"],
)
async def test_rows_that_a_trigger_refuses(
    session: Session, connection: Connection, condition: str, options: dict[str, str], states: str
) -> None:
    connection.execute(raising(condition, **options).encode())
    done = await run(session, batch=40)
    assert (done.rows, done.failed) == (ROWS - 4, 4)
    assert [(each.key, each.sentence.partition("not ")[1:]) for each in done.refused if each.key != ("17",)] == [
        ((str(number),), ("not ", str(number))) for number in (3, 23, 43)
    ]
    assert empty(connection) == [(3, states), (17, "failed"), (23, states), (43, states)]


@pytest.mark.parametrize("batch", [7, 25])
async def test_where_each_row_is_refused_it_ends_before_all_are_paid_for(
    session: Session, connection: Connection, batch: int
) -> None:
    connection.execute(raising("NEW.embedding IS NOT NULL").encode())
    with pytest.raises(StatementFailed, match="failed: not 20") as caught:
        await run(session, batch=batch)
    assert "None of the first 20 rows was taken." in caught.value.detail
    assert "Nothing was written." in caught.value.detail
    assert len(empty(connection)) == ROWS


async def test_what_no_row_is_to_blame_for_ends_it_at_once(session: Session, connection: Connection) -> None:
    connection.execute(RAISING.format(body="PERFORM absent();", kind="", when="BEFORE", how="").encode())
    connection.execute("ALTER TABLE notes DROP COLUMN embedding_status")
    with pytest.raises(StatementFailed, match=r"absent\(\) does not exist"):
        await run(session)


async def test_rows_of_a_policy(databases: Databases, session: Session, connection: Connection) -> None:
    connection.execute(
        f"""
        DO $$ BEGIN CREATE ROLE {session.target.database}_app LOGIN; END $$;
        GRANT SELECT, UPDATE ON notes TO {session.target.database}_app;
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen ON notes FOR SELECT USING (true);
        CREATE POLICY written ON notes FOR UPDATE USING (id <> 5) WITH CHECK (embedding IS NULL OR id > 2);
    """.encode()
    )
    app = databases.target(session.target.database)
    app.params["user"] = f"{session.target.database}_app"
    async with await Session.open(app, what="test") as own:
        done = await run(own)
    assert (done.rows, done.failed, done.left) == (ROWS - 4, 3, 1)
    assert {key for each in done.refused for key in each.key} == {"1", "2", "17"}
    assert "1 row stayed as it was" in " ".join(done.remarks)


async def test_only_the_first_ten_are_named(session: Session, connection: Connection) -> None:
    connection.execute(raising("NEW.embedding IS NOT NULL AND NEW.id > 40").encode())
    done = await run(session, batch=30)
    assert (done.rows, done.failed, len(done.refused)) == (39, 21, 10)
    assert done.remarks[-1] == "… and 11 more."


async def test_a_sparse_column_is_filled(session: Session, connection: Connection) -> None:
    connection.execute("ALTER TABLE notes ALTER COLUMN embedding TYPE sparsevec(1024)")
    assert (await run(session)).rows == ROWS - 1
    [(text,)] = connection.execute("SELECT embedding::text FROM notes WHERE id = 1").fetchall()
    [expected] = HashingEmbedder().vectors(["note number 1"])
    assert expected is not None
    found = {int(place): float(value) for place, value in (part.split(":") for part in text[1:-6].split(","))}
    assert found == pytest.approx({place: value for place, value in enumerate(expected, 1) if value})
    assert (await run(session, mix=False)).failed == 1  # what is there is the same embedder's
