"""Which ledger a database and a folder belong to: recognised by its columns, decided without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config.profile import Profile
from console.db.session import Session
from console.errors import ConsoleError, Refused, UsageError
from console.migrations.files import formats
from console.migrations.files.folder import Folder
from console.migrations.ledgers.candidates import TOOLS, Found, look
from console.migrations.ledgers.choosing import choose, decide
from console.migrations.ledgers.ledger import Name
from tests.migrations.foreign import make
from tests.migrations.project import agreed, write

TABLE = "schema_migrations"
VARYING = {"version": "character varying"}
GOLANG = {"version": "bigint", "dirty": "boolean"}
ECTO = {"version": "bigint", "inserted_at": "timestamp(0) without time zone"}
GOOSE = {"id": "integer", "version_id": "bigint", "is_applied": "boolean", "tstamp": "timestamp without time zone"}
SUPABASE = {"version": "text", "statements": "text[]", "name": "text"}
PRISMA = {
    "id": "character varying(36)",
    "checksum": "character varying(64)",
    "finished_at": "timestamp with time zone",
    "migration_name": "character varying(255)",
    "logs": "text",
    "rolled_back_at": "timestamp with time zone",
    "started_at": "timestamp with time zone",
    "applied_steps_count": "integer",
}
DIESEL = {"version": "character varying(50)", "run_on": "timestamp without time zone"}
DRIZZLE = {"id": "integer", "hash": "text", "created_at": "bigint"}
KNEX = {"id": "integer", "name": "text", "batch": "integer", "migration_time": "timestamp with time zone"}
SQITCH = dict.fromkeys(("change_id", "change", "project", "committed_at", "planned_at", "note"), "text")
SQLX = dict.fromkeys(("version", "description", "installed_on", "success", "checksum", "execution_time"), "text")
NATIVE = Found(Name("dbconsole", "migrations"), {"version": "text"})


def found(columns: dict[str, str], table: str = f"public.{TABLE}", *, converted: bool = False) -> Found:
    schema, _, name = table.partition(".")
    return Found(Name(schema, name), columns, converted)


@pytest.mark.parametrize(
    ("columns", "whose"),
    [
        (VARYING, {"dbmate", "rails"}),  # their files do not look the same
        ({"version": "character varying(255)"}, {"dbmate", "rails"}),
        (GOLANG, {"golang-migrate"}),
        (ECTO, {"ecto"}),
        (SQLX, {"sqlx"}),
        ({"id": "integer", "name": "character varying(255)", "run_on": "timestamp"}, {"node-pg-migrate"}),
        (dict.fromkeys(("id", "app", "name", "applied"), "text"), {"django"}),
        (SUPABASE, {"supabase"}),
        ({**SUPABASE, "created_by": "text", "idempotency_key": "text", "rollback": "text[]"}, {"supabase"}),
        (GOOSE, {"goose"}),
        (PRISMA, {"prisma"}),
        (DRIZZLE, {"drizzle"}),
        (DIESEL, {"diesel"}),
        ({"version_num": "character varying(32)"}, {"alembic"}),
        ({"version_num": "integer"}, set()),
        (KNEX, {"knex"}),
        ({"migration_hash": "text", "migration_id": "text", "applied_at_utc": "timestamp without time zone"}, {"yoyo"}),
        (SQITCH, {"sqitch"}),
        ({"id": "integer"}, set()),
        ({}, set()),
    ],
)
def test_a_ledger_is_recognised_by_its_columns(columns: dict[str, str], whose: set[str]) -> None:
    assert {word for word in TOOLS if TOOLS[word].module.recognises(columns)} == whose


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    """Write a folder: of a tool, or of files with an up only."""
    if isinstance(request.param, str):
        make(tmp_path, request.param)
    else:
        for name in request.param:
            write(tmp_path, name, "SELECT 1;", verify="SELECT 1" if name.endswith("checked") else None)
    return formats.read(tmp_path)


CHOICES = [
    ("dbmate", (), "auto", "dbmate public.schema_migrations", "the database has none yet"),
    ("dbmate", (found(VARYING),), "auto", "dbmate public.schema_migrations", "is in the database"),
    ("dbmate", (found(VARYING, f"app.{TABLE}"),), "auto", f"dbmate app.{TABLE}", "is in the database"),
    ("dbmate", (found(VARYING, f"app.{TABLE}"), found(VARYING)), "auto", f"dbmate public.{TABLE}", "is in"),
    (
        "goose",
        (found(GOOSE, "public.goose_db_version"), found(GOLANG)),
        "auto",
        "goose public.goose_db_version",
        "-- +",
    ),
    ("goose", (found(GOLANG),), "auto", "goose public.goose_db_version", "the database has none yet"),
    ("supabase", (found(VARYING),), "auto", "supabase supabase_migrations.schema_migrations", "none yet"),
    ("dbmate", (found(VARYING), NATIVE), "auto", f"dbmate public.{TABLE}", "is in the database"),
    (("0001_a",), (), "auto", "dbconsole dbconsole.migrations", "none yet"),
    (("0001_a",), (NATIVE,), "auto", "dbconsole dbconsole.migrations", "is in the database"),
    (("0001_a",), (found(GOLANG),), "auto", f"golang-migrate public.{TABLE}", "is in the database"),
    (("0001_a",), (found(GOLANG), NATIVE), "auto", "dbconsole dbconsole.migrations", "is in the database"),
    (("0001_a_checked",), (found(GOLANG),), "auto", "dbconsole dbconsole.migrations", "none yet"),
    (("0001_a",), (found(VARYING),), "auto", "dbconsole dbconsole.migrations", "none yet"),
    (("01_a",), (NATIVE,), "auto", "dbconsole dbconsole.migrations", "is in the database"),
    (("01_a",), (), "auto", f"golang-migrate public.{TABLE}", "none yet"),
    ("golang-migrate", (found(SQLX, "public._sqlx_migrations"),), "auto", "sqlx public._sqlx_migrations", "is in the"),
    ("supabase", (found(SQLX, "public._sqlx_migrations"),), "auto", "sqlx public._sqlx_migrations", "is in the"),
    (("0001_a",), (found(SQLX, "public._sqlx_migrations"),), "auto", "sqlx public._sqlx_migrations", "is in the"),
    (("0001_a_checked",), (found(SQLX, "public._sqlx_migrations"),), "auto", "dbconsole dbconsole.migrations", "none"),
    ("dbmate", (found(SQLX, "public._sqlx_migrations"),), "auto", f"dbmate public.{TABLE}", "none yet"),
    ("sqlx", (found(GOLANG),), "auto", f"golang-migrate public.{TABLE}", "is in the database"),
    ("goose", (found(GOLANG),), "auto", "goose public.goose_db_version", f"(but public.{TABLE} of golang-migrate)"),
    (
        "goose",
        (found({"id": "text"}, "public.gorp_migrations"),),
        "auto",
        "goose public.goose_db_version",
        "sql-migrate",
    ),
    ("goose", (found({"id": "text"}, "a{b.gorp_migrations"),), "auto", "goose public.goose_db_version", "a{b.gorp"),
    ("sqlx", (), "auto", "sqlx public._sqlx_migrations", "none yet"),
    ("dbmate", (found(VARYING),), "dbconsole", "dbconsole dbconsole.migrations", "the profile says"),
    (("0001_a",), (found(GOOSE, "public.goose_db_version"),), "goose", "goose public.goose_db_version", "profile"),
    (
        "dbmate",
        (Found(NATIVE.table, {}, converted=True), found(VARYING)),
        "auto",
        "dbconsole dbconsole.migrations",
        "ad",
    ),
]


@pytest.mark.parametrize(("folder", "tables", "word", "expected", "why"), CHOICES, indirect=["folder"])
def test_the_ledger_is_chosen(folder: Folder, tables: tuple[Found, ...], word: str, expected: str, why: str) -> None:
    choice = decide(folder, tables, word)
    assert f"{choice.word} {choice.table.text}" == expected
    assert why in choice.reason


@pytest.mark.parametrize(
    ("folder", "tables", "word", "kind", "sentence"),
    [
        ("dbmate", (found(GOLANG),), "auto", Refused, "it looks like that of golang-migrate"),
        ("dbmate", (found(ECTO),), "auto", Refused, "it looks like that of ecto"),
        ("golang-migrate", (found(VARYING),), "auto", Refused, "it looks like that of dbmate or rails"),
        ("goose", (found(VARYING),), "golang-migrate", Refused, "not the ledger of golang-migrate"),
        ("dbmate", (found(VARYING, f"a.{TABLE}"), found(VARYING, f"b.{TABLE}")), "auto", UsageError, "may both be"),
    ],
    indirect=["folder"],
)
def test_what_is_not_clear_is_not_guessed(
    folder: Folder, tables: tuple[Found, ...], word: str, kind: type[ConsoleError], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence) as caught:
        decide(folder, tables, word)
    assert "ledger" in caught.value.hint


async def run(session: Session, *statements: str) -> None:
    async with session.writing(agreed(session.target)) as writer:
        for statement in statements:
            await writer.execute(statement)


class TestInADatabase:
    async def test_only_where_the_role_looks(self, session: Session, tmp_path: Path) -> None:
        """Supabase's own services keep ledgers of the same name in schemas of theirs: auth, realtime."""
        await run(
            session,
            "CREATE SCHEMA auth",
            "CREATE TABLE auth.schema_migrations (version varchar(255) NOT NULL)",
            "CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
        )
        assert [(each.table.text, each.words) for each in await look(session)] == [
            (f"public.{TABLE}", ("golang-migrate",))
        ]

    async def test_a_folder_of_two_meanings_is_read_as_its_ledger_says(self, session: Session, tmp_path: Path) -> None:
        await run(session, "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)")
        write(tmp_path, "0001_a", "SELECT 1;")
        chosen = await choose(session, formats.read(tmp_path))
        assert (chosen.folder.format, chosen.ledger.name) == ("golang-migrate", "golang-migrate")

    async def test_a_table_of_another_name(self, session: Session, tmp_path: Path) -> None:
        make(tmp_path, "dbmate")
        folder = formats.read(tmp_path)
        profile = Profile("p", ledger_table="app.versions")
        assert (await choose(session, folder, profile)).ledger.table == Name("app", "versions")
        await run(session, "CREATE SCHEMA app", "CREATE TABLE app.versions (version bigint, dirty boolean)")
        with pytest.raises(Refused, match="not the ledger of dbmate"):
            await choose(session, folder, Profile("p", ledger="dbmate", ledger_table="app.versions"))

    async def test_our_own_is_always_where_it_is(self, session: Session, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "SELECT 1;")
        with pytest.raises(UsageError, match=r"always dbconsole\.migrations"):
            await choose(session, formats.read(tmp_path), Profile("p", ledger_table="public.mine"))
