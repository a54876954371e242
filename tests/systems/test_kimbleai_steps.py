"""kimbleai step by step, beyond what holds for every system: the two figures of the report, backfill, and Supabase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.migrations.files import native
from console.migrations.files.folder import Folder
from console.migrations.verify import verify
from console.sql.statements import split
from tests.catalog import dumps
from tests.databases import Databases
from tests.systems import kimbleai, steps

pytestmark = pytest.mark.vector
SYSTEM = kimbleai.SYSTEM
*BEFORE, LAST = SYSTEM.migrations
FIRST = SYSTEM.migrations[0]
NUMBERS = [*(f"T{n}" for n in range(1, 24)), *(f"V{n}" for n in range(24, 34)), "R34", "R35", "R36", "R37",
           *("Q38", "Q39", "Q40", "Q41", "C42", "C43", "C44", "C45")]  # fmt: skip


@pytest.fixture
def empty(databases: Databases, database: Target) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to an empty database."""
    with databases.connect(database) as connection:
        yield connection


async def _summary(target: Target, folder: Folder) -> str:
    async with await Session.open(target, what="test") as session:
        return (await verify(session, folder)).summary


async def test_verify_says_what_the_report_says(database: Target, empty: psycopg.Connection[Any]) -> None:
    folder = native.read(SYSTEM.folder)
    said = [await _summary(database, folder)]
    for migration in BEFORE:
        steps.run(empty, SYSTEM, migration, "up")
    said.append(await _summary(database, folder))
    steps.run(empty, SYSTEM, LAST, "up")
    said.append(await _summary(database, folder))
    steps.run(empty, SYSTEM, LAST, "down")
    said.append(await _summary(database, folder))
    before, after = "41/45 passed (91.1 %)", "45/45 passed (100.0 %)"
    assert said == ["0/45 passed (0.0 %)", before, after, before]


def test_the_45_checks_have_the_numbers_of_the_specification(empty: psycopg.Connection[Any]) -> None:
    assert sorted(name.split()[0] for name, *_ in steps.verify(empty, SYSTEM)) == sorted(NUMBERS)


def test_there_are_as_many_objects_as_the_report_says() -> None:
    public = [name for name in SYSTEM.functions if name.startswith("public.")]
    counts = [len(each) for each in (SYSTEM.rows, SYSTEM.views, public, SYSTEM.indexes, SYSTEM.policies)]
    assert counts == [23, 10, 17, 67, 67]


BROKEN = {
    "T10": "ALTER TABLE public.messages ALTER embedding TYPE vector(3)",
    "T17": "ALTER TABLE public.files DROP COLUMN tags",
    "V31": "ALTER VIEW public.file_stats RENAME COLUMN file_count TO files",
    "V33": "DROP VIEW public.category_stats",
    "R37": "ALTER VIEW public.file_stats RESET (security_invoker)",
    "Q38": "CREATE OR REPLACE VIEW public.dashboard_stats AS SELECT u.id AS user_id, u.name AS user_name, u.email,"
           " d.project_count, d.conversation_count, d.file_count, d.transcription_count, d.knowledge_count,"
           " d.total_storage_bytes, d.last_activity"
           " FROM public.users u LEFT JOIN public.file_stats s ON s.user_id = u.id"
           " CROSS JOIN LATERAL (SELECT 0::bigint project_count, 0::bigint conversation_count, 0::bigint file_count,"
           " 0::bigint transcription_count, 0::bigint knowledge_count, 0::numeric total_storage_bytes,"
           " now() last_activity) AS d",
    "Q39": "ALTER TABLE public.activity_logs RENAME created_at TO later;"
           " ALTER TABLE public.activity_logs ADD created_at timestamptz DEFAULT now();"
           " CREATE OR REPLACE VIEW public.recent_activity AS SELECT id, user_id, '' AS user_name, action_type,"
           " resource_type, resource_id, resource_name, metadata, later AS created_at FROM public.activity_logs"
           " ORDER BY later",
    "Q40": "DROP FUNCTION public.search_files",
    "Q41": "CREATE OR REPLACE FUNCTION public.get_monthly_spending(filter_user_id text DEFAULT NULL) RETURNS numeric"
           " LANGUAGE sql AS 'SELECT 0.1'",
    "C42": "DROP INDEX public.idx_projects_category",
    "C43": "ALTER TABLE public.conversations DROP CONSTRAINT conversations_category_id_fkey",
    "C44": "ALTER TABLE public.knowledge_base DROP category_id CASCADE",
}  # fmt: skip


@pytest.mark.parametrize(("number", "damage"), BROKEN.items())
def test_a_check_notices(connection: psycopg.Connection[Any], number: str, damage: str) -> None:
    connection.execute(damage.encode())
    failed = {name.split()[0] for name, *_ in steps.failed(_checks(connection))}
    assert number in failed


def _checks(connection: psycopg.Connection[Any]) -> list[steps.Check]:
    return [
        check
        for migration in SYSTEM.migrations
        for statement in split(SYSTEM.text(migration, "verify"))
        for check in connection.execute(statement.text.encode()).fetchall()
    ]


WORDS = {
    "dnd": "dnd",
    "DND": "dnd",
    "D&D": "dnd",
    "Personal": "personal",
    "personal ": None,
    "cooking": None,
    None: None,
}


def test_backfill_fills_category_id_by_id_or_name(empty: psycopg.Connection[Any]) -> None:
    for migration in BEFORE:
        steps.run(empty, SYSTEM, migration, "up")
    empty.execute("INSERT INTO public.users (id, email, name) VALUES ('u', 'user@example.com', 'User')")
    for word in WORDS:
        empty.execute(
            "INSERT INTO public.knowledge_base (user_id, category, title, content, updated_at)"
            " VALUES ('u', %s, 't', '', '2020-01-01')", [word]
        )  # fmt: skip
    counted = "SELECT category_id, knowledge_count FROM public.category_stats WHERE knowledge_count > 0 ORDER BY 1"
    first_form = empty.execute(counted).fetchall()
    steps.run(empty, SYSTEM, LAST, "up")
    filled = empty.execute("SELECT category, category_id, updated_at::date::text FROM public.knowledge_base").fetchall()
    assert set(filled) == {(word, category, "2020-01-01") for word, category in WORDS.items()}
    assert empty.execute(counted).fetchall() == first_form == [("dnd", 3), ("personal", 1)]
    steps.run(empty, SYSTEM, LAST, "down")
    assert {word for (word,) in empty.execute("SELECT category FROM public.knowledge_base")} == set(WORDS)
    assert empty.execute(counted).fetchall() == first_form


@pytest.fixture
def supabase(databases: Databases, database: Target) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to a database such as Supabase makes: the extension elsewhere, public open to all roles."""
    with databases.connect(database) as connection:
        for role in {*SYSTEM.roles} - {*steps.roles(connection, SYSTEM)}:
            connection.execute(f"CREATE ROLE {role}; COMMENT ON ROLE {role} IS 'made by dbconsole sample'".encode())
        connection.execute("CREATE SCHEMA extensions; CREATE EXTENSION vector WITH SCHEMA extensions")
        connection.execute(f"GRANT USAGE ON SCHEMA extensions TO {', '.join(SYSTEM.roles)}".encode())
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            connection.execute(
                f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON {kind} TO {', '.join(SYSTEM.roles)}".encode()
            )
        yield connection


def test_on_supabase_every_step_returns(
    databases: Databases, database: Target, supabase: psycopg.Connection[Any]
) -> None:
    schemas = [dumps.schema(databases, database)]
    for migration in SYSTEM.migrations:
        steps.run(supabase, SYSTEM, migration, "up")
        schemas.append(dumps.schema(databases, database))
    assert steps.failed(steps.verify(supabase, SYSTEM)) == []
    for migration in reversed(SYSTEM.migrations):
        assert dumps.schema(databases, database) == schemas.pop()
        steps.run(supabase, SYSTEM, migration, "down")
    assert dumps.schema(databases, database) == schemas.pop()


def test_on_supabase_a_plain_role_finds_the_operators(supabase: psycopg.Connection[Any]) -> None:
    steps.up(supabase, SYSTEM)
    unit = "[" + ",".join(["1", *["0"] * 1535]) + "]"
    supabase.execute("INSERT INTO public.users (id, email, name) VALUES ('u', 'user@example.com', 'User')")
    supabase.execute(
        "INSERT INTO public.knowledge_base (user_id, content, category_id, embedding) VALUES ('u', 'here', 'dnd', %s)",
        [unit],
    )
    with supabase.transaction():
        supabase.execute("""SET LOCAL "request.jwt.claims" = '{"email": "user@example.com"}'""")
        supabase.execute("SET LOCAL ROLE authenticated")
        for call in ("search_knowledge_base(%s, 'u')", "get_comprehensive_context(%s, 'u')",
                     "search_category_content(%s, 'dnd', 'u')"):  # fmt: skip
            assert supabase.execute(f"SELECT content FROM public.{call}".encode(), [unit]).fetchall() == [("here",)]


def test_an_extension_that_was_there_stays(databases: Databases, make_database: Callable[..., Target]) -> None:
    target = make_database("CREATE EXTENSION vector")
    before = dumps.schema(databases, target)
    with databases.connect(target) as connection:
        steps.up(connection, SYSTEM)
        steps.down(connection, SYSTEM)
    assert dumps.schema(databases, target) == before


def test_an_extension_that_others_came_to_need_stays(empty: psycopg.Connection[Any]) -> None:
    steps.up(empty, SYSTEM)
    empty.execute("CREATE TABLE public.others (embedding vector(3))")
    steps.down(empty, SYSTEM)
    assert empty.execute("SELECT count(*) FROM pg_extension WHERE extname = 'vector'").fetchall() == [(1,)]


def test_down_gives_the_view_back_to_those_who_had_rights_on_it(empty: psycopg.Connection[Any]) -> None:
    steps.up(empty, SYSTEM)
    empty.execute("GRANT SELECT ON public.category_stats TO service_role WITH GRANT OPTION")
    held = "SELECT relacl::text[] FROM pg_class WHERE oid = 'public.category_stats'::regclass"
    before = empty.execute(held).fetchall()
    steps.run(empty, SYSTEM, LAST, "down")
    assert empty.execute(held).fetchall() == before
