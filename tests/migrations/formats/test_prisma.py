"""Prisma: a folder for each migration, its table of attempts, and the real Prisma as the judge."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations.files import prisma
from console.migrations.files.folder import Folder
from console.migrations.ledgers.ledger import Applied, Direction, Name
from console.migrations.ledgers.prisma import DEFAULT, Prisma, recognises
from console.migrations.script import parse
from tests.migrations.formats import tools
from tests.migrations.formats.keeping import Keeper, note, rows, shape
from tests.migrations.project import agreed

FIRST, SECOND, THIRD = "20240101000000_people", "20240102000000_name", "20240103000000_index"
ROWS = (
    "SELECT length(id), checksum, finished_at IS NOT NULL, migration_name, logs, rolled_back_at IS NOT NULL,"
    " finished_at >= started_at, applied_steps_count FROM public._prisma_migrations ORDER BY migration_name, started_at"
)


def scan(path: Path) -> Folder:
    return prisma.scan(path, {})


def write(path: Path, name: str, text: str | bytes, down: str | None = None) -> None:
    (path / name).mkdir()
    (path / name / "migration.sql").write_bytes(text if isinstance(text, bytes) else text.encode())
    if down is not None:
        (path / name / "down.sql").write_text(down)


def project(path: Path) -> Path:
    """Write three migrations; return their folder."""
    folder = path / "migrations"
    folder.mkdir()
    (folder / "migration_lock.toml").write_text('# Do not edit\nprovider = "postgresql"\n')
    write(folder, FIRST, "-- CreateTable\nCREATE TABLE public.people (id int);\n", "DROP TABLE public.people;")
    write(folder, SECOND, b"ALTER TABLE public.people\r\n    ADD name text;\r\n")
    write(folder, THIRD, "CREATE INDEX i ON public.people (name)", "DROP INDEX public.i;")
    return folder


def sha(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def test_a_migration_is_a_folder(tmp_path: Path) -> None:
    folder = scan(project(tmp_path))
    assert [each.label for each in folder.migrations] == [FIRST, SECOND, THIRD]
    assert [each.down is not None for each in folder.migrations] == [True, False, True]
    assert folder.findings == ()


@pytest.mark.parametrize(
    ("text", "outside", "pieces"),
    [
        (b"BEGIN;\nSELECT 1;\nCOMMIT;\n", False, 1),
        (b"-- CreateIndex\nCREATE INDEX CONCURRENTLY i ON t (a);", True, 1),
        (b"\xef\xbb\xbfSELECT 1;\r\nSELECT 2\r\n", False, 2),
        (b"-- This is an empty migration.\n", False, 0),
        (b"", False, 0),
    ],
)
def test_what_projects_have_is_read(tmp_path: Path, text: bytes, *, outside: bool, pieces: int) -> None:
    write(tmp_path, "0_init", text)
    folder = scan(tmp_path)
    program = parse(folder.migrations[0].up)
    assert (not program.transaction, len(program.pieces)) == (outside, pieces)
    assert folder.migrations[0].checksum == sha(text)
    assert folder.findings == ()


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    for name in ("20240101000000_b", "20240101000000_a", "0_init", "10_x", "1_y", "later"):
        write(tmp_path, name, "SELECT 1;")
    assert [each.version for each in scan(tmp_path).migrations] == [
        "0_init", "10_x", "1_y", "20240101000000_a", "20240101000000_b", "later",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        ('provider = "mysql"', "these migrations are for mysql"),
        ("", "these migrations are for None"),
        ("provider =", "cannot be read"),
    ],
)
def test_a_lock_file_for_something_else_is_fatal(tmp_path: Path, lock: str, said: str) -> None:
    write(tmp_path, FIRST, "SELECT 1;")
    (tmp_path / "migration_lock.toml").write_text(lock)
    [finding] = scan(tmp_path).findings
    assert finding.fatal
    assert said in finding.sentence


def test_the_folder_as_a_whole(tmp_path: Path) -> None:
    assert [finding.fatal for finding in scan(tmp_path).findings] == [True]
    write(tmp_path, "1_a", "SELECT 1;")
    write(tmp_path, "2_b", "CREATE TABLE {{ .Schema }}.t ();")
    (tmp_path / "3_c").mkdir()
    for name in ("x.sql", "data.sql", "readme.md"):
        (tmp_path / name).write_text("SELECT 1;")
    folder = scan(tmp_path)
    assert folder.seed == tmp_path / "data.sql"
    assert [(finding.fatal, finding.sentence) for finding in folder.findings] == [
        (True, "The folder 3_c has no migration.sql: take it back, or remove the folder."),
        (False, folder.findings[1].sentence),
        (False, "x.sql is not used: a migration's file is called <digits>_name/migration.sql."),
    ]
    assert folder.findings[1].sentence.startswith("2_b cannot be run here.")


def test_a_folder_is_recognised(tmp_path: Path) -> None:
    assert prisma.recognises(tmp_path, ["migration_lock.toml"])
    assert not prisma.recognises(tmp_path, ["1_a"])
    write(tmp_path, "1_a", "SELECT 1;")
    assert prisma.recognises(tmp_path, ["1_a"])


def test_its_table_is_recognised_by_its_columns() -> None:
    columns = dict.fromkeys(
        ("id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at"), "text"
    )
    assert not recognises(columns)
    assert recognises({**columns, "applied_steps_count": "integer"})


@pytest.fixture
def keeper(tmp_path: Path, session: Session) -> Keeper:
    folder = scan(project(tmp_path))
    return Keeper(session, folder, Prisma(DEFAULT, folder))


async def test_the_table_is_as_prisma_makes_it(keeper: Keeper) -> None:
    assert not (await keeper.read()).exists
    await keeper.make()
    assert await shape(keeper.session, DEFAULT) == (
        [
            ("id", "character varying(36)", True, None),
            ("checksum", "character varying(64)", True, None),
            ("finished_at", "timestamp with time zone", False, None),
            ("migration_name", "character varying(255)", True, None),
            ("logs", "text", False, None),
            ("rolled_back_at", "timestamp with time zone", False, None),
            ("started_at", "timestamp with time zone", True, "now()"),
            ("applied_steps_count", "integer", True, "0"),
        ],
        [("_prisma_migrations_pkey", "PRIMARY KEY (id)")],
    )


async def test_rows_come_and_go(keeper: Keeper) -> None:
    await keeper.apply(FIRST, SECOND)
    assert await rows(keeper.session, ROWS) == [
        (36, keeper.migration(FIRST).checksum, True, FIRST, None, False, True, 1),
        (36, keeper.migration(SECOND).checksum, True, SECOND, None, False, True, 1),
    ]
    [[identity]] = await rows(
        keeper.session, f"SELECT id FROM public._prisma_migrations WHERE migration_name = '{FIRST}'"
    )
    assert str(uuid.UUID(identity, version=4)) == identity
    first, second = (await keeper.read()).applied
    assert (first.version, first.name, first.position, first.duration_ms) == (FIRST, "", 1, 25)
    assert first.applied_at is not None
    assert (second.version, second.position) == (SECOND, 2)
    await keeper.take_back(FIRST)
    assert await keeper.applied() == [SECOND]


async def test_it_locks_with_prismas_key(keeper: Keeper) -> None:
    assert keeper.ledger.lock_keys("any") == (72707369,)


async def test_line_endings_make_no_difference(keeper: Keeper, tmp_path: Path) -> None:
    await keeper.apply(FIRST, SECOND)
    first, second = (keeper.folder.path / name / "migration.sql" for name in (FIRST, SECOND))
    first.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
    second.write_bytes(second.read_bytes().replace(b"\r\n", b"\n"))
    folder = scan(keeper.folder.path)
    again = Keeper(keeper.session, folder, Prisma(DEFAULT, folder))
    await again.apply(THIRD)
    assert await again.agrees()
    second.write_text("ALTER TABLE public.people ADD nickname text;")
    folder = scan(keeper.folder.path)
    assert not await Keeper(keeper.session, folder, Prisma(DEFAULT, folder)).agrees()


async def test_a_started_migration_is_dirty_until_it_is_recorded(keeper: Keeper) -> None:
    await keeper.make()
    wanted = note(keeper.migration(FIRST))
    await keeper.send(keeper.ledger.start(wanted))
    recorded = await keeper.read()
    assert recorded.applied == ()
    assert [(each.version, "has not finished it" in each.reason) for each in recorded.dirty] == [(FIRST, True)]
    await keeper.send(keeper.ledger.note(wanted))
    assert (await keeper.read()).dirty == ()
    assert await rows(keeper.session, ROWS) == [(36, wanted.migration.checksum, True, FIRST, None, False, True, 1)]


async def test_starting_again_gives_the_former_attempt_up(keeper: Keeper) -> None:
    await keeper.make()
    wanted = note(keeper.migration(FIRST))
    for _ in range(2):
        await keeper.send(keeper.ledger.start(wanted))
    await keeper.send(keeper.ledger.note(wanted))
    assert [(row[2], row[5]) for row in await rows(keeper.session, ROWS)] == [(False, True), (True, False)]
    assert await keeper.applied() == [FIRST]


async def test_a_failed_migration_is_dirty_and_can_be_cleared(keeper: Keeper) -> None:
    await keeper.make()
    async with keeper.session.writing(agreed(keeper.session.target)) as writer:
        await writer.execute(
            "INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name, logs)"
            " VALUES ('x', 'y', now() - interval '1 hour', %(name)s, %(logs)s)",
            {"name": FIRST, "logs": "no such\n  table\x1b[31m"},
        )
    [dirty] = (await keeper.read()).dirty
    assert dirty.reason.endswith("It said: no such table␛[31m")
    await keeper.send(keeper.ledger.clear(dirty))
    assert (await keeper.read()).dirty == ()
    await keeper.apply(FIRST)
    assert [(row[2], row[4] is None, row[5]) for row in await rows(keeper.session, ROWS)] == [
        (False, False, True),
        (True, True, False),
    ]


async def test_a_row_takes_the_name_and_checksum_of_a_file(keeper: Keeper) -> None:
    await keeper.apply(FIRST)
    [applied] = (await keeper.read()).applied
    await keeper.send(keeper.ledger.accept(applied, keeper.migration(SECOND)))
    [settled] = (await keeper.read()).applied
    assert (settled.version, settled.checksum) == (SECOND, keeper.migration(SECOND).checksum)


async def test_a_way_back_goes_by_the_name_in_the_ledger(keeper: Keeper) -> None:
    await keeper.apply(FIRST)
    former = note(keeper.migration(SECOND), Direction.DOWN)
    await keeper.send(keeper.ledger.note(replace(former, version=FIRST)))
    assert await keeper.applied() == []


async def test_the_table_may_be_in_another_schema(keeper: Keeper) -> None:
    async with keeper.session.writing(agreed(keeper.session.target)) as writer:
        await writer.execute('CREATE SCHEMA "My app"')
    other = Keeper(keeper.session, keeper.folder, Prisma(Name("My app", DEFAULT.table), keeper.folder))
    await other.make()
    await other.send(other.ledger.note(note(other.migration(FIRST))))
    [applied] = (await other.read()).applied
    assert isinstance(applied, Applied)
    assert not (await keeper.read()).exists


@pytest.mark.slow
@pytest.mark.tool
async def test_prisma_begins_and_we_go_on(keeper: Keeper, tmp_path: Path) -> None:
    (keeper.folder.path / THIRD).rename(tmp_path / "later")
    tools.prisma(keeper.session.target, tmp_path, "migrate", "deploy")
    (tmp_path / "later").rename(keeper.folder.path / THIRD)
    assert await keeper.applied() == [FIRST, SECOND]
    await keeper.apply(THIRD)
    assert await keeper.agrees()
    assert "up to date" in tools.prisma(keeper.session.target, tmp_path, "migrate", "status")
    await keeper.take_back(THIRD)
    said = tools.prisma(keeper.session.target, tmp_path, "migrate", "status", fails=True)
    assert f"not yet been applied:\n{THIRD}\n" in said


@pytest.mark.slow
@pytest.mark.tool
async def test_we_begin_and_prisma_goes_on(keeper: Keeper, twin: Session, tmp_path: Path) -> None:
    await keeper.apply(FIRST, SECOND)
    tools.prisma(keeper.session.target, tmp_path, "migrate", "deploy")
    assert await keeper.agrees()
    await keeper.take_back(THIRD)
    tools.prisma(keeper.session.target, tmp_path, "migrate", "deploy")
    assert await keeper.agrees()
    tools.prisma(twin.target, tmp_path, "migrate", "deploy")
    assert await shape(keeper.session, DEFAULT) == await shape(twin, DEFAULT)
    assert await rows(keeper.session, ROWS) == await rows(twin, ROWS)


@pytest.mark.slow
@pytest.mark.tool
async def test_what_failed_with_prisma_is_cleared_for_it_as_well(keeper: Keeper, tmp_path: Path) -> None:
    target = keeper.session.target
    (keeper.folder.path / SECOND / "migration.sql").write_text("SELECT broken;")
    tools.prisma(target, tmp_path, "migrate", "deploy", fails=True)
    [dirty] = (await keeper.read()).dirty
    assert dirty.version == SECOND
    assert "failed" in tools.prisma(target, tmp_path, "migrate", "deploy", fails=True)
    await keeper.send(keeper.ledger.clear(dirty))
    (keeper.folder.path / SECOND / "migration.sql").write_text("ALTER TABLE public.people ADD name text;")
    tools.prisma(target, tmp_path, "migrate", "deploy")
    assert (await keeper.read()).dirty == ()
    assert await keeper.applied() == [FIRST, SECOND, THIRD]
