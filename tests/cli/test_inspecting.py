"""`dbconsole inspect` as people use it: an overview, a reference, statements that run, and sentences for bad input."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from console.catalog import reader
from console.catalog.compare import compare
from console.catalog.model import Catalog, Member
from console.config.profile import Target
from console.db.session import Session
from tests import servers
from tests.catalog import dumps
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases

HOSTILE = """
CREATE TABLE "; DROP TABLE x; --" ("[bold]x[/]" integer, "a|b" text DEFAULT '`');
COMMENT ON TABLE "; DROP TABLE x; --" IS E'\\x1b]52;c;aGk=\\x07 and \\u202e | *bold* `code`\\nline';
CREATE FUNCTION "f""(x"(integer) RETURNS text LANGUAGE sql AS E'SELECT ''\\x1b[31m''';
CREATE SCHEMA "a.b"; CREATE VIEW "a.b"."<script>" AS SELECT '```' AS fence;
"""


def read(target: Target) -> Catalog:
    async def work() -> Catalog:
        async with await Session.open(target, what="test") as session:
            return await reader.read(session)

    return asyncio.run(work())


def test_the_overview_counts_what_there_is(console: Console, skintwin: Target) -> None:
    done = console("inspect", url(skintwin))
    assert done.code == 0
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "tables 11" in lines
    assert "hypergraph_edges 8 columns · 5 indexes · 1 trigger · 2 policies · about 1,500 rows · 176 kB" in lines
    assert "update_timestamp() trigger" in lines


def test_statements_run_elsewhere(
    console: Console, skintwin: Target, database: Target, databases: Databases, tmp_path: Path
) -> None:
    script = tmp_path / "all.sql"
    script.write_text(console("inspect", url(skintwin), "--ddl").out)

    subprocess.run(
        [servers.client(databases.server.installation, "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script],
        env=dumps.environment(databases, database),
        capture_output=True,
        check=True,
    )

    assert compare(read(database), read(skintwin)) == ()


def test_statements_of_one_schema(console: Console, skintwin: Target) -> None:
    done = console("inspect", url(skintwin), "--ddl", "--schema", "skin_twin")
    assert done.code == 0
    assert "CREATE TABLE skin_twin.formulations (" in done.out
    assert "-- These roles must be there: authenticated, " in done.out
    assert not re.search(r"(CREATE|ALTER|DROP) \w+ (ONLY )?public", done.out)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("skin_twin.hypergraph_edges", "CREATE TABLE skin_twin.hypergraph_edges ("),
        ("ceo_task_log", "CREATE TABLE public.ceo_task_log ("),
        ('"skin_twin"."edge_type_stats"', "CREATE VIEW skin_twin.edge_type_stats "),
        ("update_timestamp()", "CREATE OR REPLACE FUNCTION skin_twin.update_timestamp()"),
        ("update_timestamp", "CREATE OR REPLACE FUNCTION skin_twin.update_timestamp()"),
        ("formulations_read", "CREATE POLICY formulations_read ON skin_twin.formulations"),
        ("formulations.formulations_read", "CREATE POLICY formulations_read ON skin_twin.formulations"),
        ("ceo_task_log_pkey", "ADD CONSTRAINT ceo_task_log_pkey PRIMARY KEY (id)"),
        ("skin_twin", "CREATE SCHEMA skin_twin;"),
    ],
)
def test_one_object(console: Console, skintwin: Target, word: str, expected: str) -> None:
    done = console("inspect", url(skintwin), "--ddl", word)
    assert done.code == 0
    assert expected in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--ddl", "hypergraf_edges"], "Did you mean hypergraph_edges"),
        (["--ddl", "hypergraph_edges"], "public.hypergraph_edges, skin_twin.hypergraph_edges"),
        (["--ddl", "update_timestamp(integer)"], "There is no object called update_timestamp(integer)."),
        (["--schema", "skin_twinn"], "Did you mean skin_twin?"),
        (["--ddl", "((("], "There is no object called (((."),
        (["more"], "more"),
    ],
)
def test_what_is_not_there(console: Console, skintwin: Target, words: list[str], said: str) -> None:
    done = console("inspect", url(skintwin), *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_after_ddl_a_target_is_still_one(console: Console, profile: Callable[..., str]) -> None:
    done = console("inspect", "--ddl", profile("dev"))
    assert done.code == 0
    assert "SET search_path = '';" in done.out


def test_hostile_names_are_harmless_in_every_form(
    console: Console, make_database: Callable[..., Target], databases: Databases
) -> None:
    """`Console` looks for raw signs; only the statements hold what the database holds, and those are for a file."""
    target = make_database(HOSTILE)
    overview = console("inspect", url(target))
    assert "; DROP TABLE x; --" in overview.out
    markdown = console("inspect", url(target), "--format", "markdown").out
    assert "␛\\]52;c;aGk=␇ and ⟨202E⟩ \\| \\*bold\\* \\`code\\` line" in markdown
    assert "| `a\\|b` | `text` | yes | `` '`'::text `` |  |" in markdown
    assert "````sql" in markdown
    assert "View `a.b.<script>`" in markdown
    document = console("inspect", url(target), "--json").document
    assert ["table", "public", "; DROP TABLE x; --"] in [each["key"] for each in document["objects"]]


def test_a_locked_object_is_named(console: Console, make_database: Callable[..., Target], databases: Databases) -> None:
    target = make_database("CREATE TABLE t (a integer DEFAULT 7, CHECK (a > 0)); CREATE VIEW v AS SELECT a FROM t")
    with databases.connect(target) as holder, holder.transaction():
        holder.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
        done = console("inspect", url(target), "--ddl", "--json")
        pid = holder.info.backend_pid
    assert done.code == 6
    assert f"view public.v is locked by pid {pid}" in done.err
    assert "-- view public.v: locked by pid" in done.document["ddl"]


_WITH_EXTENSION = """
CREATE SCHEMA extensions;
CREATE EXTENSION vector WITH SCHEMA extensions;
REVOKE EXECUTE ON FUNCTION extensions.l2_norm(extensions.halfvec) FROM PUBLIC;
CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1';
"""


def test_what_belongs_to_an_extension_is_not_counted(console: Console, make_database: Callable[..., Target]) -> None:
    """Privileges that were changed on it are kept in the catalog, and said."""
    target = make_database(_WITH_EXTENSION)
    said = console("inspect", url(target)).out
    assert " 2 schemas, 0 tables, 0 views, 1 function; " in said
    assert "and changed privileges on 1 of extensions or the system" in said
    assert re.search(r"^extension vector \S+ in extensions$", said, re.M)
    assert re.search(r"^extensions  nothing of its own, only of vector$", said, re.M)
    assert "l2_norm" not in said
    assert [made.key.name for made in read(target).of(Member)] == ["l2_norm"]


def test_the_reference_says_whose_a_schema_is(console: Console, make_database: Callable[..., Target]) -> None:
    said = console("inspect", url(make_database(_WITH_EXTENSION)), "--format", "markdown").out
    assert "## Schema `extensions`\n\nNothing of its own, only of `vector`." in said
    assert "l2_norm" not in said
