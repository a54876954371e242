"""How often a run waits for the server: three times a migration, however many statements that has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.connecting.pipeline import Pipeline
from console.db.session import Session
from console.migrations.files.folder import Script
from console.migrations.script import bundles, parse
from tests.migrations.foreign import Site

Waited = dict[str, int]


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> Waited:
    """Return a count of the messages after which a runner waits for the server to be done with all it was sent."""
    seen = {"times": 0}
    before = Pipeline._enqueue_sync

    def counting(pipeline: Pipeline) -> None:
        seen["times"] += 1
        before(pipeline)

    monkeypatch.setattr(Pipeline, "_enqueue_sync", counting)
    return seen


def native(folder: Path, number: int, statements: str) -> None:
    (folder / f"{number:04}_step.up.sql").write_text(statements)
    (folder / f"{number:04}_step.verify.sql").write_text("SELECT 1")


def dbmate(folder: Path, number: int, statements: str) -> None:
    (folder / f"2024010100{number:04}_step.sql").write_text(
        f"-- migrate:up\n{statements}\n-- migrate:down\nSELECT 1;\n"
    )


def flyway(folder: Path, number: int, statements: str) -> None:
    (folder / f"V{number}__step.sql").write_text(statements)


BEGIN_AND_LEASE = STATEMENTS = RECORD_AND_COMMIT = LOCK = LOOK = RESET = ASK = 1
USUAL = BEGIN_AND_LEASE + STATEMENTS + RECORD_AND_COMMIT


@pytest.mark.parametrize(
    ("lay", "statements", "wanted"),
    [
        (native, "CREATE TABLE t{n} (id int);", USUAL),
        (native, "CREATE TABLE t{n} (id int);\n" + "INSERT INTO t{n} VALUES (1);\n" * 40, USUAL),
        (native, "SET ROLE pg_monitor;\nRESET ROLE;\nCREATE TABLE t{n} (id int);", USUAL),
        (native, "CREATE TABLE t{n} (id int);\nDO $$ BEGIN PERFORM 1; END $$;", USUAL + LOOK),
        (
            native,
            "CREATE TABLE t{n} (id int);\nCREATE INDEX IF NOT EXISTS i{n} ON t{n} (id);",
            USUAL + ASK + STATEMENTS,
        ),
        (dbmate, "CREATE TABLE t{n} (id int);\n" + "INSERT INTO t{n} VALUES (1);\n" * 40, USUAL),
        (flyway, "CREATE TABLE t{n} (id int);\n" + "INSERT INTO t{n} VALUES (1);\n" * 40, USUAL + LOCK),
    ],
)
async def test_waits_a_migration(
    lay: Callable[[Path, int, str], None],
    statements: str,
    wanted: int,
    make_database: Callable[..., Target],
    tmp_path: Path,
    waited: Waited,
) -> None:
    counts = []
    for many in (1, 4):
        folder = tmp_path / str(many)
        folder.mkdir()
        for number in range(1, many + 1):
            lay(folder, number, statements.format(n=number))
        async with await Session.open(make_database(), what="test") as session:
            site = Site(folder, session)
            planned, waited["times"] = await site.planned(), 0
            await site.run(planned)
            counts.append(waited["times"])
    assert counts[1] - counts[0] == 3 * wanted


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("SELECT 1; SELECT 2; SELECT 3;", [3]),
        ("CREATE TABLE a (); CREATE INDEX IF NOT EXISTS i ON a (id); SELECT 1;", [1, 2]),
        ("SELECT 1; SET client_encoding = 'LATIN1'; SELECT 'ä'; SELECT 2;", [2, 2]),
        ("SET NAMES 'LATIN1'; SELECT 'ä';", [1, 1]),
        ("SELECT 1; COPY a TO STDOUT; SELECT 2; SELECT 3;", [1, 1, 2]),
        ("-- nothing", []),
    ],
)
def test_what_is_sent_together(text: str, sizes: list[int]) -> None:
    pieces = parse(Script(Path("a.sql"), text)).pieces
    assert [len(each) for each in bundles(pieces)] == sizes
    assert [piece for each in bundles(pieces) for piece in each] == list(pieces)
