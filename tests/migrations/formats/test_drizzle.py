"""Drizzle, before version 1 and since: its folders, its table, and the real drizzle-kit of both as the judge."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.db.session import Session
from console.migrations.files import drizzle
from console.migrations.files.folder import Folder
from console.migrations.ledgers.drizzle import DEFAULT, Drizzle, recognises
from console.migrations.script import parse
from tests.migrations.formats import tools
from tests.migrations.formats.keeping import Keeper, note, rows, shape
from tests.migrations.project import agreed

TIMES = (1_700_000_000_000, 1_700_000_001_500, 1_700_000_002_000)
TAGS = ("0000_people", "0001_name", "0002_index")
NAMED = ("20240101000000_people", "20240102000000_name", "20240103123456_index")
TEXTS = (
    "CREATE TABLE public.people (id int);\n--> statement-breakpoint\nINSERT INTO public.people VALUES (1)",
    "ALTER TABLE public.people ADD a text\n--> statement-breakpoint\nALTER TABLE public.people ADD b text",
    "CREATE INDEX i ON public.people (id);\r\n",
)
ROWS = "SELECT id, hash, created_at FROM drizzle.__drizzle_migrations ORDER BY id"
NAMED_ROWS = "SELECT id, hash, created_at, name FROM drizzle.__drizzle_migrations ORDER BY id"
OLD_TABLE = (
    [
        ("id", "integer", True, "nextval('drizzle.__drizzle_migrations_id_seq'::regclass)"),
        ("hash", "text", True, None),
        ("created_at", "bigint", False, None),
    ],
    [("__drizzle_migrations_pkey", "PRIMARY KEY (id)")],
)
NEW_TABLE = (
    [*OLD_TABLE[0], ("name", "text", False, None), ("applied_at", "timestamp with time zone", False, "now()")],
    OLD_TABLE[1],
)


def scan(path: Path) -> Folder:
    return drizzle.scan(path, {})


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def journal(path: Path, *entries: tuple[Any, Any], **more: Any) -> None:
    """Write a journal of entries, each a tag and a time."""
    (path / "meta").mkdir(exist_ok=True)
    listed = [
        {"idx": number, "version": "7", "when": when, "tag": tag, "breakpoints": True, **more}
        for number, (tag, when) in enumerate(entries)
    ]
    (path / "meta" / "_journal.json").write_text(json.dumps({"version": "7", "entries": listed}))


def with_journal(path: Path, count: int = 3) -> Path:
    """Write a folder as before version 1, with so many of the migrations; return it."""
    folder = path / "drizzle"
    folder.mkdir(exist_ok=True)
    journal(folder, *zip(TAGS[:count], TIMES, strict=False))
    for tag, text in zip(TAGS[:count], TEXTS, strict=False):
        (folder / f"{tag}.sql").write_bytes(text.encode())
    return folder


def with_folders(path: Path, count: int = 3) -> Path:
    """Write a folder as since version 1, with so many of the migrations; return it."""
    folder = path / "drizzle"
    folder.mkdir(exist_ok=True)
    for name, text in zip(NAMED[:count], TEXTS, strict=False):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "migration.sql").write_bytes(text.encode())
        (folder / name / "snapshot.json").write_text(json.dumps(_snapshot(name)))
    return folder


def _snapshot(name: str) -> dict[str, Any]:
    """Return what drizzle-kit keeps beside a migration that was written by hand."""
    before = [] if name == NAMED[0] else [NAMED[NAMED.index(name) - 1]]
    return {"version": "8", "dialect": "postgres", "id": name, "prevIds": before, "ddl": [], "renames": []}


def keep(session: Session, path: Path) -> Keeper:
    folder = scan(path)
    return Keeper(session, folder, Drizzle(DEFAULT, folder))


def test_the_journal_says_what_is_a_migration(tmp_path: Path) -> None:
    path = with_journal(tmp_path)
    (path / "0003_not_mine.sql").write_text("SELECT 1;")
    folder = scan(path)
    assert [each.label for each in folder.migrations] == list(TAGS)
    assert [each.checksum for each in folder.migrations] == [sha(text) for text in TEXTS]
    [finding] = folder.findings
    assert not finding.fatal
    assert finding.sentence.startswith("0003_not_mine.sql is not used")


def test_folders_are_migrations(tmp_path: Path) -> None:
    path = with_folders(tmp_path)
    (path / NAMED[1] / "down.sql").write_text("ALTER TABLE public.people DROP a, DROP b;")
    (path / "without").mkdir()
    folder = scan(path)
    assert [each.label for each in folder.migrations] == list(NAMED)
    assert [each.down is not None for each in folder.migrations] == [False, True, False]
    assert [each.checksum for each in folder.migrations] == [sha(text) for text in TEXTS]
    assert folder.findings == ()


@pytest.mark.parametrize(
    ("text", "places", "outside"),
    [
        (TEXTS[1], [1, 3], False),
        ("SELECT 1;--> statement-breakpoint\nSELECT 2;\n--> statement-breakpoint\n", [1, 2], False),
        ("-- nothing\n--> statement-breakpoint\n/* at all */", [], False),
        ("BEGIN;\nSELECT 1;\nCOMMIT;", [2], False),
        ("\ufeffSELECT 1\r\n--> statement-breakpoint\r\nCREATE INDEX CONCURRENTLY i ON t (a)", [1, 3], True),
    ],
)
def test_statements_are_parted_by_breakpoints(tmp_path: Path, text: str, places: list[int], *, outside: bool) -> None:
    path = with_journal(tmp_path, 1)
    (path / "0000_people.sql").write_bytes(text.encode())
    program = parse(scan(path).migrations[0].up)
    assert [piece.line for piece in program.pieces] == places
    assert (not program.transaction) is outside


@pytest.mark.parametrize(
    ("tags", "labels"),
    [
        (["b_second", "a_first"], ["0000_b_second", "0001_a_first"]),
        (["20240101_x", "0001_y"], ["0000_20240101_x", "0001_y"]),
        (["0000", "0001_"], ["0000", "0001"]),
    ],
)
def test_the_order_is_that_of_the_journal(tmp_path: Path, tags: list[str], labels: list[str]) -> None:
    journal(tmp_path, *((tag, TIMES[0] + number) for number, tag in enumerate(tags)))
    for tag in tags:
        (tmp_path / f"{tag}.sql").write_text("SELECT 1;")
    assert [each.label for each in scan(tmp_path).migrations] == labels


def test_numbers_twice_in_a_journal_do_not_confuse(tmp_path: Path) -> None:
    journal(tmp_path, ("0001_a", 5), ("0001_b", 7), idx=1)
    for tag in ("0001_a", "0001_b"):
        (tmp_path / f"{tag}.sql").write_text("SELECT 1;")
    folder = scan(tmp_path)
    assert [each.label for each in folder.migrations] == ["0000_0001_a", "0001_b"]
    assert folder.findings == ()


def test_a_time_that_goes_back_is_said(tmp_path: Path) -> None:
    journal(tmp_path, ("0000_a", 7), ("0001_b", 7), ("0002_c", 6))
    for tag in ("0000_a", "0001_b", "0002_c"):
        (tmp_path / f"{tag}.sql").write_text("SELECT 1;")
    findings = scan(tmp_path).findings
    assert [finding.fatal for finding in findings] == [False, False]
    assert "has 0002_c at a time that is not after 0001_b" in findings[1].sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no journal of Drizzle"),
        ("[]", "no journal of Drizzle"),
        ('{"entries": [{"idx": 0, "tag": "0000_a"}]}', "no journal of Drizzle"),
        ('{"entries": [{"idx": 0, "when": 1, "tag": "../0000_a"}]}', "names no file beside it"),
        ('{"entries": [{"idx": 0, "when": "1", "tag": "0000_a"}]}', "names no file beside it"),
        ('{"entries": [{"idx": 0, "when": 1, "tag": "0000_a"}]}', "0000_a.sql is missing"),
        ('{"entries": []}', "no migration in"),
    ],
)
def test_a_journal_that_cannot_be_used_is_fatal(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "meta").mkdir()
    (tmp_path / "meta" / "_journal.json").write_text(text)
    [finding] = scan(tmp_path).findings
    assert finding.fatal
    assert said in finding.sentence


def test_an_empty_folder_is_fatal(tmp_path: Path) -> None:
    assert [finding.fatal for finding in scan(tmp_path).findings] == [True]


def test_folders_are_recognised(tmp_path: Path) -> None:
    old, new = with_journal(tmp_path), with_folders(tmp_path / "..")
    assert drizzle.recognises(old, ["meta", "0000_people.sql"])
    assert drizzle.recognises(new, list(NAMED))
    assert not drizzle.recognises(old, ["0000_people.sql"])
    (new / NAMED[0] / "snapshot.json").unlink()
    assert not drizzle.recognises(new, [NAMED[0]])


@pytest.mark.parametrize(
    ("columns", "mine"),
    [
        (("id", "hash", "created_at"), True),
        (("id", "hash", "created_at", "name", "applied_at"), True),
        (("id", "hash"), False),
        (("id", "hash", "created_at", "batch"), False),
    ],
)
def test_its_table_is_recognised_by_its_columns(columns: tuple[str, ...], *, mine: bool) -> None:
    assert recognises(dict.fromkeys(columns, "text")) is mine


async def test_the_tables_are_as_drizzle_makes_them(session: Session, twin: Session, tmp_path: Path) -> None:
    old = keep(session, with_journal(tmp_path))
    assert not (await old.read()).exists
    await old.make()
    assert await shape(session, DEFAULT) == OLD_TABLE
    (tmp_path / "1").mkdir()
    await keep(twin, with_folders(tmp_path / "1")).make()
    assert await shape(twin, DEFAULT) == NEW_TABLE


async def test_rows_come_and_go_by_time(session: Session, tmp_path: Path) -> None:
    keeper = keep(session, with_journal(tmp_path))
    await keeper.apply("0000", "0001")
    assert await rows(session, ROWS) == [(1, sha(TEXTS[0]), TIMES[0]), (2, sha(TEXTS[1]), TIMES[1])]
    first, second = (await keeper.read()).applied
    assert (first.version, first.name, first.position, first.checksum) == ("0000", "people", 1, sha(TEXTS[0]))
    assert second.version == "0001"
    await keeper.take_back("0000")
    assert await keeper.applied() == ["0001"]


async def test_rows_come_and_go_by_name(session: Session, tmp_path: Path) -> None:
    keeper = keep(session, with_folders(tmp_path))
    await keeper.apply(NAMED[0], NAMED[2])
    assert await rows(session, NAMED_ROWS) == [
        (1, sha(TEXTS[0]), 1704067200000, NAMED[0]),
        (2, sha(TEXTS[2]), 1704285296000, NAMED[2]),
    ]
    first, _ = (await keeper.read()).applied
    assert (first.version, first.position) == (NAMED[0], 1)
    assert first.applied_at is not None
    await keeper.take_back(NAMED[0])
    assert await keeper.applied() == [NAMED[2]]


async def test_rows_that_the_journal_does_not_know_keep_their_place(session: Session, tmp_path: Path) -> None:
    keeper = keep(session, with_journal(tmp_path))
    await keeper.make()
    async with session.writing(agreed(session.target)) as writer:
        for when in (1, TIMES[0], TIMES[1] - 1, None):
            await writer.execute(
                "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', %(when)s)", {"when": when}
            )
    versions = await keeper.applied()
    assert versions == ["+1", "0000", f"0000+{TIMES[1] - 1}", "+0"]
    assert sorted(versions[:3]) == versions[:3]


async def test_a_row_is_known_by_its_text_when_its_time_was_changed(session: Session, tmp_path: Path) -> None:
    keeper = keep(session, with_journal(tmp_path))
    await keeper.apply("0000")
    async with session.writing(agreed(session.target)) as writer:
        await writer.execute("UPDATE drizzle.__drizzle_migrations SET created_at = 5")
    assert await keeper.applied() == ["0000"]
    await keeper.take_back("0000")
    assert await keeper.applied() == []


async def test_line_endings_make_no_difference(session: Session, tmp_path: Path) -> None:
    path = with_journal(tmp_path)
    await keep(session, path).apply("0000", "0001", "0002")
    (path / "0000_people.sql").write_bytes(TEXTS[0].replace("\n", "\r\n").encode())
    (path / "0002_index.sql").write_bytes(TEXTS[2].replace("\r\n", "\n").encode())
    assert await keep(session, path).agrees()
    (path / "0002_index.sql").write_text("CREATE INDEX other ON public.people (id);\n")
    assert not await keep(session, path).agrees()


async def test_a_row_is_made_to_agree_with_its_file(session: Session, tmp_path: Path) -> None:
    path = with_journal(tmp_path)
    await keep(session, path).apply("0000")
    (path / "0000_people.sql").write_text("SELECT 1;")
    keeper = keep(session, path)
    [applied] = (await keeper.read()).applied
    await keeper.send(keeper.ledger.accept(applied, keeper.migration("0000")))
    assert await rows(session, ROWS) == [(1, sha("SELECT 1;"), TIMES[0])]


async def test_a_row_is_made_to_agree_with_its_folder(session: Session, tmp_path: Path) -> None:
    keeper = keep(session, with_folders(tmp_path))
    await keeper.apply(NAMED[0])
    [applied] = (await keeper.read()).applied
    await keeper.send(keeper.ledger.accept(replace(applied), keeper.migration(NAMED[1])))
    assert await rows(session, NAMED_ROWS) == [(1, sha(TEXTS[1]), 1704153600000, NAMED[1])]


async def test_a_table_from_before_version_1_is_taken_along(session: Session, tmp_path: Path) -> None:
    """Times before version 1 have milliseconds, the folders' names have none; the last row is known by its text."""
    keeper = keep(session, with_folders(tmp_path))
    async with session.writing(agreed(session.target)) as writer:
        await writer.execute("CREATE SCHEMA drizzle")
        await writer.execute(
            "CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)"
        )
        for text, when in ((TEXTS[0], 1704067200123), (TEXTS[1], 5)):
            await writer.execute(
                "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES (%(hash)s, %(when)s)",
                {"hash": sha(text), "when": when},
            )
        await writer.execute("CREATE TABLE public.people (id int)")
    recorded = await keeper.read()
    assert not recorded.exists
    assert [each.version for each in recorded.applied] == [*NAMED[:2]]
    await keeper.apply(NAMED[2])
    assert await shape(session, DEFAULT) == NEW_TABLE
    assert [row[3] for row in await rows(session, NAMED_ROWS)] == list(NAMED)
    assert [each.applied_at is None for each in (await keeper.read()).applied] == [True, True, False]


GENERATIONS = [
    pytest.param("drizzle", with_journal, ("0000", "0001", "0002"), ROWS, id="before 1"),
    pytest.param("drizzle-1", with_folders, NAMED, NAMED_ROWS, id="since 1"),
]


@pytest.mark.slow
@pytest.mark.tool
@pytest.mark.parametrize(("tool", "write", "versions", "wanted"), GENERATIONS)
async def test_drizzle_begins_and_we_go_on(
    session: Session, tmp_path: Path, tool: str, write: Any, versions: tuple[str, ...], wanted: str
) -> None:
    path = write(tmp_path, 2)
    tools.drizzle(session.target, tmp_path, tool, "migrate")
    write(tmp_path)
    keeper = keep(session, path)
    assert await keeper.applied() == list(versions[:2])
    await keeper.apply(versions[2])
    complete = await rows(session, wanted)
    tools.drizzle(session.target, tmp_path, tool, "migrate")
    assert await rows(session, wanted) == complete
    await keeper.take_back(versions[2])
    async with session.writing(agreed(session.target)) as writer:
        await writer.execute("DROP INDEX public.i")
    tools.drizzle(session.target, tmp_path, tool, "migrate")
    assert [row[1:] for row in await rows(session, wanted)] == [row[1:] for row in complete]


@pytest.mark.slow
@pytest.mark.tool
@pytest.mark.parametrize(("tool", "write", "versions", "wanted"), GENERATIONS)
async def test_we_begin_and_drizzle_goes_on(
    session: Session, twin: Session, tmp_path: Path, tool: str, write: Any, versions: tuple[str, ...], wanted: str
) -> None:
    keeper = keep(session, write(tmp_path))
    await keeper.apply(*versions[:2])
    tools.drizzle(session.target, tmp_path, tool, "migrate")
    assert await keeper.agrees()
    tools.drizzle(twin.target, tmp_path, tool, "migrate")
    assert await shape(session, DEFAULT) == await shape(twin, DEFAULT)
    assert await rows(session, wanted) == await rows(twin, wanted)


@pytest.mark.slow
@pytest.mark.tool
async def test_a_table_that_we_took_along_is_good_for_drizzle(session: Session, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    await keep(session, with_journal(tmp_path / "old", 2)).apply("0000", "0001")
    keeper = keep(session, with_folders(tmp_path, 2))
    await keeper.make()
    with_folders(tmp_path)
    tools.drizzle(session.target, tmp_path, "drizzle-1", "migrate")
    assert [row[3] for row in await rows(session, NAMED_ROWS)] == list(NAMED)


async def test_a_note_without_a_time_is_written_all_the_same(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "drizzle"
    (path / "by_hand").mkdir(parents=True)
    (path / "by_hand" / "migration.sql").write_text("SELECT 1;")
    keeper = keep(session, path)
    await keeper.make()
    await keeper.send(keeper.ledger.note(note(keeper.migration("by_hand"))))
    assert await rows(session, NAMED_ROWS) == [(1, sha("SELECT 1;"), None, "by_hand")]
    assert await keeper.applied() == ["by_hand"]
