"""What a saved query needs, as the search path finds its names; and whether that is found again, as what it is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import pytest

from console.config.profile import Target
from console.dashboards.charting import looking
from console.dashboards.charting.charting import dashboard
from console.dashboards.fits import fit, there
from console.db.session import Session
from console.sql import queries
from tests.databases import Databases

GROUND = """
CREATE SCHEMA shop; CREATE SCHEMA "Odd.one"; CREATE SCHEMA later;
CREATE EXTENSION vector SCHEMA later;
CREATE VIEW brought AS SELECT 1 AS one; ALTER EXTENSION vector ADD VIEW brought;
CREATE TABLE sale (id int, at timestamptz, amount numeric);
CREATE TABLE shop.sale (LIKE sale);
CREATE TABLE shop.place (id int, name text) PARTITION BY RANGE (id);
CREATE VIEW shop.taken AS SELECT sum(amount) FROM shop.sale;
CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one;
CREATE TABLE "Odd.one"."Say ""hi"" x" (id int);
CREATE TABLE pg_class (relname text);
CREATE SEQUENCE counted;
CREATE FUNCTION shop.rounded(n numeric) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT round(n)';
CREATE FUNCTION shop."Twice"(n int) RETURNS int LANGUAGE sql STABLE AS 'SELECT 2 * n';
CREATE FUNCTION lower(n int) RETURNS int LANGUAGE sql STABLE AS 'SELECT n';
CREATE FUNCTION in_both() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION shop.in_both() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
"""

NEEDED = [
    ("SELECT 1 AS one", []),
    ("SELECT count(*) FROM sale", ["table:shop.sale"]),  # of the search path, first
    ("SELECT count(*) FROM public.SALE", ["table:public.sale"]),
    ("SELECT * FROM taken, kept", ["view:public.kept", "view:shop.taken"]),
    ("SELECT s.id FROM sale s JOIN place p USING (id) JOIN public.sale o ON o.id = p.id",
     ["table:public.sale", "table:shop.place", "table:shop.sale"]),
    ('SELECT * FROM "Odd.one"."Say ""hi"" x"', ['table:"Odd.one"."Say ""hi"" x"']),
    ("WITH sale AS (SELECT * FROM public.sale), b AS (TABLE sale) SELECT id, (SELECT max(one) FROM kept) FROM b",
     ["table:public.sale", "view:public.kept"]),
    ("SELECT count(*) FROM sale WHERE at >= %(since)s AND at < %(until)s AND id % 2 = 1", ["table:shop.sale"]),
    # PostgreSQL's own, also by a name of the database's that it hides.
    ("SELECT relname, abs(1) FROM pg_class", []),
    ("SELECT relname FROM public.pg_class", ["table:public.pg_class"]),
    ("SELECT table_name FROM information_schema.tables", []),
    ("SELECT last_value FROM counted", []),  # a sequence cannot be required
    # Functions of the database's own, where their name says which.
    ("SELECT rounded(1.5)", ["function:shop.rounded"]),
    ('SELECT shop."Twice"(1)', ['function:shop."Twice"']),
    ("SELECT lower('A'), public.lower(1)", ["function:public.lower"]),
    ("SELECT in_both() AS n", []),
    # What an extension brought.
    ("SELECT later.l2_norm('[1,2]'::later.halfvec)", ["extension:vector"]),
    ("SELECT '[1]'::later.vector AS a, name FROM place", ["extension:vector", "table:shop.place"]),
    ("SELECT one FROM brought", ["extension:vector"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def ground(databases: Databases) -> Iterator[Target]:
    """Return a database that looks in its schema shop first."""
    target = databases.make()
    with databases.connect(target) as connection:
        connection.execute(GROUND.encode())
        connection.execute(f"ALTER DATABASE {target.database} SET search_path = shop, public".encode())
    yield target
    databases.drop(target)


@pytest.fixture
async def session(ground: Target) -> AsyncIterator[Session]:
    """Return a session on it."""
    async with await Session.open(ground, what="test") as opened:
        yield opened


@pytest.mark.parametrize(("sql", "expected"), NEEDED, ids=[sql for sql, _ in NEEDED])
async def test_what_a_query_needs(session: Session, sql: str, expected: list[str]) -> None:
    """It is found again where it is, and only there."""
    charted = await looking.look_at_statement(session, sql)
    made = dashboard(charted.source, charted.charts[0], "Mine")
    assert [str(each) for each in made.requires] == expected
    assert fit(made, await there(session, made.requires)).ok
    assert not [each for each in expected if fit(made, frozenset()).ok]


def test_what_lasts_for_a_session_is_not_needed(ground: Target, databases: Databases) -> None:
    """A dashboard that needed it would never fit again. It hides the table of that name."""
    names = json.dumps([{"kind": "relation", "schema": schema, "name": "sale"} for schema in ("", "public")])
    with databases.connect(ground) as connection:
        connection.execute("CREATE TEMPORARY TABLE sale (id int)")
        rows = connection.execute(queries.load("dashboards/needed"), {"names": names}).fetchall()
    assert rows == [("table", "public", "sale")]
