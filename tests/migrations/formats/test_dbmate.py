"""dbmate: both blocks of a file, its table of versions, and the real dbmate as the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import Refused
from console.migrations.files import dbmate
from console.migrations.files.folder import Folder
from console.migrations.ledgers.dbmate import DEFAULT, Dbmate, recognises
from console.migrations.ledgers.ledger import Name
from console.migrations.script import parse
from tests.migrations.formats import tools
from tests.migrations.formats.keeping import Keeper, note, rows, shape

ROWS = "SELECT * FROM public.schema_migrations ORDER BY version"


def project(path: Path) -> Path:
    """Write three migrations, the last one outside a transaction."""
    (path / "20240101_people.sql").write_text(
        "-- migrate:up\nCREATE TABLE public.people (id int);\nGRANT SELECT ON schema_migrations TO PUBLIC;\n\n"
        "-- migrate:down\nDROP TABLE public.people;\n"
    )
    (path / "20240102_name.sql").write_text(
        "-- migrate:up\nALTER TABLE public.people ADD name text;\n-- migrate:down\nALTER TABLE public.people DROP name;"
    )
    (path / "20240103_index.sql").write_text(
        "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON public.people (name);\n\n"
        "-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY public.i;\n"
    )
    return path


def scan(path: Path) -> Folder:
    return dbmate.scan(path, {})


def one(path: Path, text: str | bytes) -> Folder:
    """Write one migration and scan the folder."""
    (path / "1_a.sql").write_bytes(text if isinstance(text, bytes) else text.encode())
    return scan(path)


def test_a_migration_is_its_two_blocks(tmp_path: Path) -> None:
    folder = scan(project(tmp_path))
    assert [each.label for each in folder.migrations] == ["20240101_people", "20240102_name", "20240103_index"]
    assert folder.findings == ()
    first = folder.migrations[0]
    assert first.up.text.startswith("-- migrate:up\nCREATE TABLE")
    assert first.down is not None
    assert first.down.text == "\n" * 4 + "-- migrate:down\nDROP TABLE public.people;\n"
    assert [piece.line for piece in parse(first.down).pieces] == [6]


@pytest.mark.parametrize(
    ("up", "down", "outside"),
    [
        ("", "", (False, False)),
        (" transaction:false", "", (True, False)),
        ("", " transaction:false", (False, True)),
        ("\ttransaction:false  ", "  foo:bar transaction:false", (True, True)),
        (" transaction:true", " transaction: false", (False, False)),
        (" transaction:false:x", " transaction", (False, False)),
    ],
)
def test_each_block_says_whether_it_wants_a_transaction(
    tmp_path: Path, up: str, down: str, outside: tuple[bool, bool]
) -> None:
    [migration] = one(tmp_path, f"-- migrate:up{up}\nSELECT 1;\n-- migrate:down{down}\nSELECT 2;").migrations
    assert migration.down is not None
    assert (not migration.up.transaction, not migration.down.transaction) == outside


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf-- migrate:up\r\nSELECT 1\r\n-- migrate:down\r\n",
        b"\n-- About it.\n   -- more\n--migrate:up\nSELECT 1\n--   migrate:down",
        b"-- migrate:up\nBEGIN;\nSELECT 1;\nCOMMIT;\n-- migrate:down\nSELECT 2;",
    ],
)
def test_what_projects_have_is_read(tmp_path: Path, text: bytes) -> None:
    folder = one(tmp_path, text)
    assert folder.findings == ()
    assert [piece.title for piece in parse(folder.migrations[0].up).pieces] == ["SELECT 1"]


@pytest.mark.parametrize("text", ["-- migrate:up\n-- migrate:down\n", "-- migrate:up\n\n-- later\n-- migrate:down"])
def test_blocks_may_be_empty(tmp_path: Path, text: str) -> None:
    folder = one(tmp_path, text)
    assert folder.findings == ()
    assert parse(folder.migrations[0].up).pieces == ()


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("", "no line “-- migrate:up”", None),
        ("SELECT 1;", "no line “-- migrate:up”", None),
        (" -- migrate:up\n-- migrate:down", "no line “-- migrate:up”", None),
        ("-- migrate:upward\n-- migrate:down", "no line “-- migrate:up”", None),
        ("-- migrate:up\nSELECT 1;", "no “-- migrate:down” after", 1),
        ("-- migrate:up\n-- migrate:up\n-- migrate:down", "no “-- migrate:down” after", 1),
        ("-- migrate:up\n-- migrate:down\n-- migrate:down", "no “-- migrate:up” before", 3),
        ("-- migrate:down\n-- migrate:up", "no “-- migrate:up” before", 1),
        ("\nSELECT 1;\n-- migrate:up\n-- migrate:down", "line 2: only comments", 2),
        ("/* c */\n-- migrate:up\n-- migrate:down", "line 1: only comments", 1),
        (b"-- migrate:up\nSELECT '\xff';\n-- migrate:down", "not UTF-8", 2),
    ],
)
def test_what_dbmate_would_not_take_is_said(tmp_path: Path, text: str | bytes, said: str, line: int | None) -> None:
    [finding] = one(tmp_path, text).findings
    assert finding.fatal
    assert said in finding.sentence
    assert finding.line == line


def test_several_pairs_are_one_migration(tmp_path: Path) -> None:
    text = (
        "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n-- migrate:up\nSELECT 3;\n-- migrate:down\nSELECT 4;\n"
    )
    folder = one(tmp_path, text)
    [migration], [finding] = folder.migrations, folder.findings
    assert migration.down is not None
    assert [(piece.title, piece.line) for piece in parse(migration.up).pieces] == [("SELECT 1", 2), ("SELECT 3", 6)]
    assert [(piece.title, piece.line) for piece in parse(migration.down).pieces] == [("SELECT 2", 4), ("SELECT 4", 8)]
    assert "several pairs" in finding.sentence
    assert not finding.fatal


def test_an_undeclared_concurrently_is_refused_before_it_runs(tmp_path: Path) -> None:
    folder = one(tmp_path, "-- migrate:up\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- migrate:down\n")
    with pytest.raises(Refused, match="cannot run inside a transaction"):
        parse(folder.migrations[0].up)


def test_versions_are_digits_and_compared_as_text(tmp_path: Path) -> None:
    for name in ("9_c.sql", "10_b.sql", "0011.sql", "20240101x.sql"):
        (tmp_path / name).write_text("-- migrate:up\n-- migrate:down\n")
    found = [(each.version, each.name) for each in scan(tmp_path).migrations]
    assert found == [("0011", ""), ("10", "b"), ("20240101", "x"), ("9", "c")]


def test_where_the_order_is_not_dbmates_it_is_said(tmp_path: Path) -> None:
    for name in ("1_a.sql", "10_b.sql"):
        (tmp_path / name).write_text("-- migrate:up\n-- migrate:down\n")
    [finding] = scan(tmp_path).findings
    assert "dbmate applies 10_b.sql before 1_a.sql" in finding.sentence
    assert not finding.fatal


def test_the_folder_as_a_whole(tmp_path: Path) -> None:
    assert [finding.fatal for finding in scan(tmp_path).findings] == [True]
    for name in ("1_a.sql", "1_b.sql", "notes.sql", "readme.md", "data.sql"):
        (tmp_path / name).write_text("-- migrate:up\n-- migrate:down\n")
    (tmp_path / "2_folder.sql").mkdir()
    folder = scan(tmp_path)
    assert folder.seed == tmp_path / "data.sql"
    assert [(finding.fatal, finding.sentence) for finding in folder.findings] == [
        (True, "One version is there 2 times: 1_a, 1_b."),
        (False, "notes.sql is not used: a migration's file is called <digits>_name.sql."),
    ]


def test_a_template_is_not_run(tmp_path: Path) -> None:
    folder = one(tmp_path, "-- migrate:up\nCREATE TABLE {{ .Schema }}.t ();\n-- migrate:down\n")
    assert "template" in folder.migrations[0].unsupported
    assert [finding.fatal for finding in folder.findings] == [False]


@pytest.mark.parametrize(
    ("name", "text", "mine"),
    [
        ("1_a.sql", "-- migrate:up\n", True),
        ("1_a.sql", "-- +goose Up\n", False),
        ("1_a.sql", "SELECT 1;", False),
        ("a.sql", "-- migrate:up\n", False),
    ],
)
def test_a_folder_is_recognised_by_what_its_files_say(tmp_path: Path, name: str, text: str, *, mine: bool) -> None:
    (tmp_path / name).write_text(text)
    assert dbmate.recognises(tmp_path, [name]) is mine


@pytest.mark.parametrize(
    ("columns", "mine"),
    [
        ({"version": "character varying"}, True),
        ({"version": "character varying(255)"}, True),
        ({"version": "text"}, False),
        ({"version": "bigint", "dirty": "boolean"}, False),
        ({"version": "character varying", "name": "text"}, False),
    ],
)
def test_its_table_is_recognised_by_its_columns(columns: dict[str, str], *, mine: bool) -> None:
    assert recognises(columns) is mine


@pytest.fixture
def keeper(tmp_path: Path, session: Session) -> Keeper:
    folder = scan(project(tmp_path))
    return Keeper(session, folder, Dbmate(DEFAULT, folder))


async def test_the_table_is_as_dbmate_makes_it(keeper: Keeper) -> None:
    assert not (await keeper.read()).exists
    await keeper.make()
    assert await shape(keeper.session, DEFAULT) == (
        [("version", "character varying", True, None)],
        [("schema_migrations_pkey", "PRIMARY KEY (version)")],
    )
    await keeper.make()
    assert (await keeper.read()).applied == ()


async def test_rows_come_and_go(keeper: Keeper) -> None:
    await keeper.apply("20240101", "20240102", "20240103")
    assert await rows(keeper.session, ROWS) == [
        ("20240101",), ("20240102",), ("20240103",),
    ]  # fmt: skip
    found = (await keeper.read()).applied
    assert [(each.version, each.name, each.position, each.checksum) for each in found] == [
        ("20240101", "people", 1, None), ("20240102", "name", 2, None), ("20240103", "index", 3, None),
    ]  # fmt: skip
    await keeper.take_back("20240102")
    assert await keeper.applied() == ["20240101", "20240103"]


async def test_the_table_may_be_in_another_schema(keeper: Keeper) -> None:
    table = Name("Ops", "applied migrations")
    other = Keeper(keeper.session, keeper.folder, Dbmate(table, keeper.folder))
    await other.make()
    await other.send(other.ledger.note(note(other.migration("20240101"))))
    assert await rows(keeper.session, "SELECT * FROM {}", table) == [("20240101",)]
    assert await other.applied() == ["20240101"]


async def test_a_row_takes_the_version_of_a_renamed_file(keeper: Keeper) -> None:
    await keeper.apply("20240101")
    [applied] = (await keeper.read()).applied
    await keeper.send(keeper.ledger.accept(applied, keeper.migration("20240102")))
    assert await keeper.applied() == ["20240102"]


@pytest.mark.slow
@pytest.mark.tool
async def test_dbmate_begins_and_we_go_on(keeper: Keeper) -> None:
    (keeper.folder.path / "20240103_index.sql").rename(keeper.folder.path / "20240103_index.later")
    tools.dbmate(keeper.session.target, keeper.folder.path, "up")
    (keeper.folder.path / "20240103_index.later").rename(keeper.folder.path / "20240103_index.sql")
    assert await keeper.applied() == ["20240101", "20240102"]
    await keeper.apply("20240103")
    assert "Pending: 0" in tools.dbmate(keeper.session.target, keeper.folder.path, "status", "--exit-code")
    await keeper.take_back("20240103")
    said = tools.dbmate(keeper.session.target, keeper.folder.path, "status", "--exit-code", fails=True)
    assert "[ ] 20240103_index.sql" in said
    tools.dbmate(keeper.session.target, keeper.folder.path, "up")
    assert await keeper.agrees()


@pytest.mark.slow
@pytest.mark.tool
async def test_we_begin_and_dbmate_goes_on(keeper: Keeper) -> None:
    await keeper.apply("20240101", "20240102")
    tools.dbmate(keeper.session.target, keeper.folder.path, "up")
    assert await keeper.agrees()
    tools.dbmate(keeper.session.target, keeper.folder.path, "down")
    assert await keeper.applied() == ["20240101", "20240102"]


@pytest.mark.slow
@pytest.mark.tool
async def test_the_rows_are_dbmates(keeper: Keeper, twin: Session) -> None:
    tools.dbmate(twin.target, keeper.folder.path, "up")
    await keeper.apply("20240101", "20240102", "20240103")
    assert await shape(keeper.session, DEFAULT) == await shape(twin, DEFAULT)
    assert await rows(keeper.session, ROWS) == await rows(twin, ROWS)
