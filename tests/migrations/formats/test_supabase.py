"""The Supabase CLI: its files, how it cuts them, its table with the statements, and the real CLI as the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations.files import supabase
from console.migrations.files.folder import Folder
from console.migrations.files.supabase_statements import split
from console.migrations.ledgers.ledger import Direction
from console.migrations.ledgers.supabase import DEFAULT, Supabase, recognises
from console.migrations.script import parse
from tests.migrations.formats import tools
from tests.migrations.formats.keeping import Keeper, note, rows, shape
from tests.migrations.project import agreed

ROWS = "SELECT version, name, statements FROM supabase_migrations.schema_migrations ORDER BY version"
FUNCTION = """\
CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $body$
BEGIN
    RETURN 1; -- it's one
END
$body$"""
ATOMIC = """\
CREATE FUNCTION public.g(a int) RETURNS int LANGUAGE sql
BEGIN ATOMIC
    SELECT CASE WHEN a > 1 THEN 1 ELSE 2 END;
    /* last; */ SELECT a;
END"""

# As the CLI's own ledger has it: the test with the real one runs all of these.
CUT: dict[str, tuple[str, ...]] = {
    "": (),
    " ;;\n ; ": (),
    "SELECT 1": ("SELECT 1",),
    "SELECT 1 ;;\nSELECT 2\n;": ("SELECT 1", "SELECT 2"),
    "-- only\n/* comments; */\n": ("-- only\n/* comments; */",),
    "-- before\nSELECT 1; -- after\n": ("-- before\nSELECT 1", "-- after"),
    "BEGIN;\nSELECT 1;\nCOMMIT;": ("BEGIN", "SELECT 1", "COMMIT"),
    "SELECT 'a;b', 'it''s;', \"q;\" FROM (SELECT 1 AS \"q;\") s; SELECT 2": (
        "SELECT 'a;b', 'it''s;', \"q;\" FROM (SELECT 1 AS \"q;\") s",
        "SELECT 2",
    ),
    "SELECT E'a\\';b', 'back\\'; SELECT 2": ("SELECT E'a\\';b', 'back\\'", "SELECT 2"),
    "SELECT E'a'\n'\\';b'; SELECT 2": ("SELECT E'a'\n'\\';b'", "SELECT 2"),
    "SELECT E'a' -- it's\n '\\';b'; SELECT 2": ("SELECT E'a' -- it's\n '\\';b'", "SELECT 2"),
    "SELECT U&'d\\0061;t', name'x;', date'2024-01-01'; SELECT 2": (
        "SELECT U&'d\\0061;t', name'x;', date'2024-01-01'",
        "SELECT 2",
    ),
    "/* a /* b; */ c; */ SELECT 1; /*/ ; */ SELECT 2": ("/* a /* b; */ c; */ SELECT 1", "/*/ ; */ SELECT 2"),
    "SELECT $$;$$, $a$ ; $b$ ; $a$, 3 AS a$b$c; SELECT 2": ("SELECT $$;$$, $a$ ; $b$ ; $a$, 3 AS a$b$c", "SELECT 2"),
    f"{FUNCTION};\n\n{ATOMIC};\nSELECT 3;": (FUNCTION, ATOMIC, "SELECT 3"),
    "CREATE PROCEDURE public.p() LANGUAGE sql\nbegin\n\tatomic END; SELECT 2": (
        "CREATE PROCEDURE public.p() LANGUAGE sql\nbegin\n\tatomic END",
        "SELECT 2",
    ),
    "CREATE PROCEDURE public.q() LANGUAGE sql BEGIN ATOMIC SELECT 'end;'; -- end;\n/* ; */ -- x\nEnd; SELECT 2": (
        "CREATE PROCEDURE public.q() LANGUAGE sql BEGIN ATOMIC SELECT 'end;'; -- end;\n/* ; */ -- x\nEnd",
        "SELECT 2",
    ),
    "SELECT 1 AS atomic; SELECT 2 AS endless; SELECT 3 AS begin_atomic; SELECT 4": (
        "SELECT 1 AS atomic",
        "SELECT 2 AS endless",
        "SELECT 3 AS begin_atomic",
        "SELECT 4",
    ),
    "CREATE TABLE public.t (a int);CREATE RULE r AS ON INSERT TO public.t DO ALSO (SELECT 1; SELECT 2); SELECT 5": (
        "CREATE TABLE public.t (a int)",
        "CREATE RULE r AS ON INSERT TO public.t DO ALSO (SELECT 1; SELECT 2)",
        "SELECT 5",
    ),
    "SELECT ((1)), ')', '('; SELECT (2), $$($$; SELECT 3": ("SELECT ((1)), ')', '('", "SELECT (2), $$($$", "SELECT 3"),
    "\u00a0SELECT 1\u00a0;\u2028SELECT 2\ufeff;": ("SELECT 1", "SELECT 2"),
}


def scan(path: Path) -> Folder:
    return supabase.scan(path, {})


def one(path: Path, text: str | bytes) -> Folder:
    """Write one migration and scan the folder."""
    (path / "1_a.sql").write_bytes(text if isinstance(text, bytes) else text.encode())
    return scan(path)


def project(path: Path) -> Path:
    """Write three migrations below a project; return the folder of migrations."""
    folder = path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    (folder / "20240101000000_people.sql").write_text(
        f"-- People.\nCREATE TABLE public.people (id int);\n\n{FUNCTION};\n{ATOMIC};\n"
    )
    (folder / "20240102000000_more_of.it.sql").write_bytes(b"ALTER TABLE public.people\r\n    ADD name text;\r\n-- end")
    (folder / "20240103000000_index.sql").write_text("CREATE INDEX i ON public.people (name)")
    return folder


@pytest.mark.parametrize("text", CUT, ids=range(len(CUT)))
def test_it_is_cut_as_the_cli_cuts(text: str) -> None:
    assert split(text) == CUT[text]


@pytest.mark.parametrize("text", ["SELECT 'a; b", "SELECT $x$ a; b", "/* a; b", 'SELECT "a; b', "SELECT E'a; \\'"])
def test_what_is_open_goes_to_the_end(text: str) -> None:
    assert split(f"SELECT 0;{text}") == ("SELECT 0", text)


def test_a_migration_is_a_file(tmp_path: Path) -> None:
    folder = scan(project(tmp_path))
    assert [each.label for each in folder.migrations] == [
        "20240101000000_people",
        "20240102000000_more_of.it",
        "20240103000000_index",
    ]
    assert [each.down for each in folder.migrations] == [None, None, None]
    assert (folder.findings, folder.seed) == ((), None)
    (tmp_path / "supabase" / "seed.sql").write_text("SELECT 1;")
    assert scan(folder.path).seed == tmp_path / "supabase" / "seed.sql"


def test_the_checksum_is_that_of_the_statements(tmp_path: Path) -> None:
    def checksum(text: str | bytes) -> str:
        return one(tmp_path, text).migrations[0].checksum

    same = checksum("SELECT 1;\nSELECT\n2;")
    assert checksum(b"\xef\xbb\xbfSELECT 1 ;;\r\n\r\nSELECT\r\n2") == same
    assert checksum("SELECT 1;\nSELECT\n3;") != same


@pytest.mark.parametrize(
    ("text", "outside", "pieces"),
    [
        ("BEGIN;\nSELECT 1;\nCOMMIT;\n", False, 1),
        ("CREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1", True, 2),
        ("-- pg-delta: transaction=false\nSELECT 1;", True, 1),
        ("\ufeff-- pg-delta: transaction=false\r\nSELECT 1;", True, 1),
        ("\n-- pg-delta: transaction=false\nSELECT 1;", False, 1),
        ("-- nothing\n", False, 0),
        ("", False, 0),
    ],
)
def test_what_projects_have_is_read(tmp_path: Path, text: str, *, outside: bool, pieces: int) -> None:
    folder = one(tmp_path, text)
    assert folder.findings == ()
    program = parse(folder.migrations[0].up)
    assert (not program.transaction, len(program.pieces)) == (outside, pieces)


def test_the_folder_as_a_whole(tmp_path: Path) -> None:
    assert [finding.fatal for finding in scan(tmp_path).findings] == [True]
    for name in ("20200101000000_init.sql", "1_a.sql", "10_b.sql", "10_c.sql", "x_d.sql", "2.sql", "readme.md"):
        (tmp_path / name).write_text("SELECT 1;")
    (tmp_path / "3_folder.sql").mkdir()
    assert [(finding.fatal, finding.sentence.split(":")[0]) for finding in scan(tmp_path).findings] == [
        (True, "One version is there 2 times"),
        (False, "The Supabase CLI applies 10_b.sql before 1_a.sql; here it is the other way round."),
        (False, "2.sql is not used"),
        (False, "x_d.sql is not used"),
    ]


def test_a_first_init_of_old_is_left_out(tmp_path: Path) -> None:
    for name in ("20200101000000_init.sql", "20200102000000_init.sql"):
        (tmp_path / name).write_text("SELECT 1;")
    folder = scan(tmp_path)
    assert [each.version for each in folder.migrations] == ["20200102000000"]
    assert [finding.sentence.split(":")[0] for finding in folder.findings] == ["20200101000000_init.sql is not used"]


def test_a_file_that_is_no_text_is_fatal(tmp_path: Path) -> None:
    [finding] = one(tmp_path, b"SELECT '\xff'").findings
    assert finding.fatal
    assert finding.line == 1


@pytest.mark.parametrize(
    ("names", "mine"),
    [
        (["20240101000000_a.sql"], True),
        (["1_a.up.sql", "1_a.down.sql"], False),
        (["a.sql", "V1__a.sql"], False),
        ([], False),
    ],
)
def test_a_folder_is_recognised_by_its_names(tmp_path: Path, names: list[str], *, mine: bool) -> None:
    assert supabase.recognises(tmp_path, names) is mine


@pytest.mark.parametrize(
    ("columns", "mine"),
    [
        ({"version": "text", "statements": "text[]", "name": "text"}, True),
        ({"version": "text", "statements": "text[]", "name": "text", "created_by": "text", "rollback": "text[]"}, True),
        ({"version": "text"}, True),
        ({"version": "character varying"}, False),
        ({"version": "text", "applied": "boolean"}, False),
        ({"version": "bigint", "dirty": "boolean"}, False),
    ],
)
def test_its_table_is_recognised_by_its_columns(columns: dict[str, str], *, mine: bool) -> None:
    assert recognises(columns) is mine


@pytest.fixture
def keeper(tmp_path: Path, session: Session) -> Keeper:
    folder = scan(project(tmp_path))
    return Keeper(session, folder, Supabase(DEFAULT, folder))


async def test_the_table_is_as_the_cli_makes_it(keeper: Keeper) -> None:
    assert not (await keeper.read()).exists
    await keeper.make()
    assert await shape(keeper.session, DEFAULT) == (
        [("version", "text", True, None), ("statements", "text[]", False, None), ("name", "text", False, None)],
        [("schema_migrations_pkey", "PRIMARY KEY (version)")],
    )


async def test_rows_come_and_go(keeper: Keeper) -> None:
    await keeper.apply("20240101000000", "20240102000000")
    assert await rows(keeper.session, ROWS) == [
        ("20240101000000", "people", ["-- People.\nCREATE TABLE public.people (id int)", FUNCTION, ATOMIC]),
        ("20240102000000", "more_of.it", ["ALTER TABLE public.people\n    ADD name text", "-- end"]),
    ]
    first, second = (await keeper.read()).applied
    assert (first.version, first.name, first.position) == ("20240101000000", "people", 1)
    assert first.checksum == keeper.migration("20240101000000").checksum
    assert second.sql == "ALTER TABLE public.people\n    ADD name text;\n-- end;\n"
    await keeper.take_back("20240101000000")
    assert await keeper.applied() == ["20240102000000"]


async def test_an_old_table_is_read_and_gets_its_columns(keeper: Keeper) -> None:
    async with keeper.session.writing(agreed(keeper.session.target)) as writer:
        await writer.execute("CREATE SCHEMA supabase_migrations")
        await writer.execute("CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY)")
        await writer.execute("INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101000000')")
    recorded = await keeper.read()
    assert not recorded.exists
    assert [(each.version, each.name, each.checksum, each.sql) for each in recorded.applied] == [
        ("20240101000000", "people", None, None)
    ]
    await keeper.make()
    assert (await keeper.read()).exists
    await keeper.send(keeper.ledger.note(note(keeper.migration("20240102000000"))))
    assert await keeper.applied() == ["20240101000000", "20240102000000"]


async def test_a_hosted_table_has_more_columns(keeper: Keeper) -> None:
    await keeper.make()
    async with keeper.session.writing(agreed(keeper.session.target)) as writer:
        await writer.execute(
            "ALTER TABLE supabase_migrations.schema_migrations"
            " ADD created_by text, ADD idempotency_key text UNIQUE, ADD rollback text[]"
        )
    await keeper.apply("20240101000000")
    await keeper.send(keeper.ledger.note(note(keeper.migration("20240101000000"), Direction.DOWN)))
    await keeper.send(keeper.ledger.note(note(keeper.migration("20240102000000"))))
    assert await keeper.applied() == ["20240102000000"]


async def test_sql_that_a_dashboard_kept_in_one_piece_is_the_same(keeper: Keeper) -> None:
    migration = keeper.migration("20240101000000")
    await keeper.apply("20240101000000")
    whole = migration.up.text.replace("\n", "\r\n")
    async with keeper.session.writing(agreed(keeper.session.target)) as writer:
        await writer.execute(
            "UPDATE supabase_migrations.schema_migrations"
            " SET statements = ARRAY[%(whole)s], version = '20240101000009'",
            {"whole": whole},
        )
    [applied] = (await keeper.read()).applied
    assert applied.checksum == migration.checksum
    await keeper.send(keeper.ledger.accept(applied, migration))
    [settled] = (await keeper.read()).applied
    assert (settled.version, settled.checksum) == (migration.version, migration.checksum)


async def test_an_edited_file_is_seen(keeper: Keeper) -> None:
    await keeper.apply("20240101000000", "20240102000000", "20240103000000")
    (keeper.folder.path / "20240103000000_index.sql").write_text("CREATE INDEX i ON public.people (id)")
    files = [each.checksum for each in scan(keeper.folder.path).migrations]
    same = [row.checksum == file for row, file in zip((await keeper.read()).applied, files, strict=True)]
    assert same == [True, True, False]


@pytest.mark.slow
@pytest.mark.tool
async def test_the_cli_begins_and_we_go_on(keeper: Keeper, tmp_path: Path) -> None:
    last = keeper.folder.path / "20240103000000_index.sql"
    last.rename(tmp_path / "later")
    tools.supabase(keeper.session.target, tmp_path, "db", "push")
    (tmp_path / "later").rename(last)
    assert await keeper.applied() == ["20240101000000", "20240102000000"]
    await keeper.apply("20240103000000")
    assert await keeper.agrees()
    assert all(here == there for here, there in tools.supabase_list(keeper.session.target, tmp_path))
    await keeper.take_back("20240103000000")
    assert tools.supabase_list(keeper.session.target, tmp_path)[-1] == ("20240103000000", "")


@pytest.mark.slow
@pytest.mark.tool
async def test_we_begin_and_the_cli_goes_on(keeper: Keeper, tmp_path: Path) -> None:
    await keeper.apply("20240101000000", "20240102000000")
    tools.supabase(keeper.session.target, tmp_path, "db", "push")
    assert await keeper.agrees()
    words = ("migration", "repair", "20240103000000", "--status", "reverted")
    tools.supabase(keeper.session.target, tmp_path, *words)
    assert await keeper.applied() == ["20240101000000", "20240102000000"]


@pytest.mark.slow
@pytest.mark.tool
async def test_the_rows_are_the_clis(keeper: Keeper, twin: Session, tmp_path: Path) -> None:
    """The only difference: where a file has Windows' line endings, what ran is recorded, with line feeds."""
    tools.supabase(twin.target, tmp_path, "db", "push")
    await keeper.apply("20240101000000", "20240102000000", "20240103000000")
    assert await shape(keeper.session, DEFAULT) == await shape(twin, DEFAULT)
    theirs = [
        (version, name, [statement.replace("\r\n", "\n") for statement in statements])
        for version, name, statements in await rows(twin, ROWS)
    ]
    assert await rows(keeper.session, ROWS) == theirs


@pytest.mark.slow
@pytest.mark.tool
async def test_all_texts_are_cut_as_the_real_cli_cuts(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    for number, text in enumerate(CUT):
        (folder / f"{number:014}_cut.sql").write_text(text)
    tools.supabase(session.target, tmp_path, "db", "push")
    assert [tuple(statements) for _, _, statements in await rows(session, ROWS)] == list(CUT.values())
    found = scan(folder)
    assert await Keeper(session, found, Supabase(DEFAULT, found)).agrees()
