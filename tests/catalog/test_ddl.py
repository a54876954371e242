"""Statements made of a catalog, run in an empty database, give an equal catalog; pg_dump is the judge beside it."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from console.catalog import ddl, reader
from console.catalog.compare import compare
from console.catalog.ddl.kinship import parts
from console.catalog.ddl.plan import planned
from console.catalog.ddl.scene import Choice, Scene
from console.catalog.model import Catalog, Index, Key, Kind
from console.catalog.snapshot import digest
from console.config.profile import Target
from console.db.session import Session
from console.sql import statements
from tests import servers
from tests.catalog import dumps, torture
from tests.catalog.conftest import Tortured
from tests.databases import Databases

FOLDER = Path(__file__).parent
KNOTS = (FOLDER / "knots.sql").read_text()
ODDS = (FOLDER / "odds.sql").read_text()
VECTORS = (FOLDER / "vectors.sql").read_text()

# What no statement can know: secrets, and large objects, which are data.
KNOWN = """
ALTER SERVER "Torture Server" OPTIONS (DROP password);
ALTER USER MAPPING FOR torture_owner SERVER "Torture Server" OPTIONS (DROP password);
SELECT lo_unlink(424242);
"""


def read(target: Target) -> Catalog:
    async def work() -> Catalog:
        async with await Session.open(target, what="test") as session:
            return await reader.read(session)

    return asyncio.run(work())


def run(databases: Databases, target: Target, texts: tuple[str, ...]) -> None:
    with databases.connect(target) as connection:
        for text in texts:
            try:
                connection.execute(text.encode())
            except psycopg.Error as error:
                raise AssertionError(f"{error}\n{text}") from error


@pytest.fixture
def make(tortured: Tortured) -> Iterator[Callable[[str], Target]]:
    """Return a maker of databases on the server at hand."""
    made: list[Target] = []

    def make_one(source: str = "") -> Target:
        made.append(tortured.databases.make(source))
        return made[-1]

    yield make_one
    for target in made:
        tortured.databases.drop(target)


SOURCES = {
    "skintwin": lambda major: "skintwin",
    "torture": lambda major: torture.text(major) + KNOWN,
    "knots": lambda major: KNOTS,
    "odds": lambda major: ODDS,
    "vectors": lambda major: VECTORS,
    "nothing": lambda major: "",
    "without public": lambda major: "DROP SCHEMA public; CREATE SCHEMA other; CREATE TABLE other.t (a integer)",
    "without plpgsql": lambda major: "DROP EXTENSION plpgsql",
}
WITH_VECTORS = ("vectors",)  # pgvector comes with the embedded server alone
PSQL = ("-X", "-q", "-v", "ON_ERROR_STOP=1")


@pytest.mark.parametrize("source", [name for name in SOURCES if name not in WITH_VECTORS])
def test_everything_again_is_equal(tortured: Tortured, make: Callable[[str], Target], source: str) -> None:
    _make_again(tortured, make, source)


@pytest.mark.vector
@pytest.mark.parametrize("source", WITH_VECTORS)
@pytest.mark.parametrize("tortured", [18, pytest.param(16, marks=pytest.mark.slow)], indirect=True)
def test_with_vectors_too(tortured: Tortured, make: Callable[[str], Target], source: str) -> None:
    _make_again(tortured, make, source)


def _make_again(tortured: Tortured, make: Callable[[str], Target], source: str) -> None:
    first, second = make(SOURCES[source](tortured.major)), make("")
    catalog = read(first)

    run(tortured.databases, second, ddl.statements(catalog))

    again = read(second)
    assert compare(catalog, again) == ()
    assert digest(again) == digest(catalog)
    assert set(again.edges) == set(catalog.edges)
    assert dumps.schema(tortured.databases, second) == dumps.schema(tortured.databases, first)


def test_psql_runs_the_script(tortured: Tortured, make: Callable[[str], Target], tmp_path: Path) -> None:
    first, second = make(torture.text(tortured.major) + KNOWN), make("")
    catalog = read(first)
    script = tmp_path / "everything.sql"
    script.write_text(ddl.everything(catalog))

    subprocess.run(
        [servers.client(tortured.databases.server.installation, "psql"), *PSQL, "-f", script],
        env=dumps.environment(tortured.databases, second),
        capture_output=True,
        check=True,
    )

    assert compare(catalog, read(second)) == ()


AGAIN = {
    # object → what takes it away, with all that comes with it
    Key(Kind.TABLE, "knot", "counts"): "DROP TABLE knot.counts",
    Key(Kind.TABLE, "knot", "numbered_0"): "DROP TABLE knot.numbered_0",
    Key(Kind.TABLE, "knot", "part_one"): "DROP TABLE knot.part_one",
    Key(Kind.TABLE, "knot", "grandchild"): "DROP TABLE knot.grandchild",
    Key(Kind.TABLE, "knot", "down"): "DROP TABLE knot.down",
    Key(Kind.TABLE, "knot", "ping"): "DROP RULE to_ping ON knot.pong; DROP TABLE knot.ping",
    Key(Kind.VIEW, "knot", "by_key"): "DROP VIEW knot.by_key",
    Key(Kind.MATERIALIZED_VIEW, "knot", "a_filled"): "DROP MATERIALIZED VIEW knot.a_filled",
    Key(Kind.MATERIALIZED_VIEW, "knot", "c_filled"): "DROP MATERIALIZED VIEW knot.c_filled",
    Key(Kind.POLICY, "knot", "seen", "rows"): "DROP POLICY seen ON knot.rows",
    Key(Kind.CONSTRAINT, "knot", "eldest", "parents"): "ALTER TABLE knot.parents DROP CONSTRAINT eldest",
    Key(Kind.INDEX, "knot", "rows_labels"): "DROP INDEX knot.rows_labels",
}


def test_one_object_again_is_equal(tortured: Tortured, make: Callable[[str], Target]) -> None:
    """With its comments, privileges, indexes, policies, triggers and the sequences that its columns own."""
    target = make(KNOTS)
    catalog = read(target)
    for key, dropping in AGAIN.items():
        rule = ddl.of(catalog, Key(Kind.RULE, "knot", "to_ping", "pong")) if key.name == "ping" else ""
        run(tortured.databases, target, (dropping, ddl.of(catalog, key), rule))
        assert compare(catalog, read(target)) == (), key


def test_an_adopted_table_brings_the_checks_of_its_parent(tortured: Tortured, make: Callable[[str], Target]) -> None:
    """Alone it has to; then the check is its own as well, which only the order of all tables can avoid."""
    target = make(KNOTS)
    catalog = read(target)

    run(tortured.databases, target, ("DROP TABLE knot.adopted", ddl.of(catalog, Key(Kind.TABLE, "knot", "adopted"))))

    changes = compare(catalog, read(target))
    assert [(change.key.name, [each.attribute for each in change.differences]) for change in changes] == [
        ("later_on", ["local"])
    ]


@pytest.fixture(scope="session")
def knotted(tortured: Tortured) -> Catalog:
    """Return the catalog of knots.sql."""
    target = tortured.databases.make(KNOTS)
    catalog = read(target)
    tortured.databases.drop(target)
    return catalog


def test_every_object_has_statements_that_parse(catalog: Catalog, knotted: Catalog) -> None:
    silent = {Kind.DATABASE, Kind.EXTENSION, Kind.LARGE_OBJECT, Kind.SEQUENCE, Kind.TRIGGER, Kind.CONSTRAINT}
    for some in (catalog, knotted):
        for key in some.objects:
            assert statements.split(ddl.of(some, key)) or key.kind in silent, key


def test_no_need_has_to_be_given_up(catalog: Catalog, knotted: Catalog) -> None:
    for some in (catalog, knotted):
        assert planned(Scene(some, frozenset(some.objects))).broken == ()
        for key in some.objects:
            alone = Scene(some, frozenset(parts(some, key)), Choice(together=True))
            assert planned(alone).broken == (), key


def test_an_index_is_made_by_its_constraint(tortured: Tortured) -> None:
    catalog = tortured.catalog
    index = next(each for each in catalog.of(Index) if each.key.name == "users_pkey")
    assert "ADD CONSTRAINT users_pkey PRIMARY KEY (id)" in ddl.of(catalog, index.key)


def test_owners_and_privileges_can_be_left_out(tortured: Tortured) -> None:
    text = ddl.everything(tortured.catalog, owners=False, grants=False)
    lines = [line for line in text.splitlines() if line.startswith(("GRANT", "REVOKE")) or "OWNER TO" in line]
    assert lines == []


def test_what_cannot_be_made_is_named(tortured: Tortured) -> None:
    found = {str(each.key) for each in ddl.unhandled(tortured.catalog)}
    assert {"424242", "Torture Server.torture_owner", "Torture Server"} <= found
    script = ddl.everything(tortured.catalog)
    assert "never-to-be-shown" not in script
    for name in found:
        assert f" {name}: " in script.rpartition("-- Seen, but not to be made again from here:")[2]


def test_an_index_that_lacks_parts_is_made_again_as_it_is(make: Callable[[str], Target]) -> None:
    partitioned = "CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p DEFAULT;"
    catalog = read(make(f"{partitioned} CREATE INDEX i ON ONLY p (a)"))
    assert [each.valid for each in catalog.of(Index)] == [False]
    assert ddl.unhandled(catalog) == ()


def test_names_cannot_break_out_of_comments(tortured: Tortured, make: Callable[[str], Target]) -> None:
    target = make('CREATE SCHEMA s; CREATE TABLE s."a\nDROP SCHEMA s; --" (a integer); SELECT lo_create(99)')
    script = ddl.everything(read(target))
    notes = [line for line in script.splitlines() if line.startswith("--")]
    assert all("\n" not in line for line in notes)
    assert {line for line in script.splitlines() if line.startswith("DROP")} <= {
        'DROP SCHEMA s; --" (',
        'DROP SCHEMA s; --" OWNER TO postgres;',
    }
    run(tortured.databases, make(""), (script,))
