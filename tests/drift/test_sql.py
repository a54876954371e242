"""What --sql prints runs in psql in one go, after which nothing differs; it is SQL and nothing else."""

from __future__ import annotations

import re
import subprocess

import pytest

from console.config.profile import Target
from console.drift.script import script
from console.sql import statements
from tests import servers
from tests.databases import Databases
from tests.drift import comparing
from tests.drift.comparing import compared, here, said

PAIRS = {
    "columns": (
        "CREATE TABLE t (a int, b text DEFAULT 'x'); CREATE VIEW v AS SELECT a, b FROM t;",
        "CREATE TABLE t (a bigint, c text); CREATE VIEW v AS SELECT a FROM t; COMMENT ON TABLE t IS E'a\\nb';",
    ),
    "enum used by a default": (
        "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood DEFAULT 'sad');",
        "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (m mood DEFAULT 'glad'); CREATE TABLE u ();",
    ),
    "names that psql could take for something else": (
        'CREATE TABLE ":t" (a int);',
        'CREATE TABLE ":t" (a int, ":a" text DEFAULT \':x \\connect\', "c;d" int[]);'
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $x$ SELECT ':y' || $$\n\\q\n$$ $x$;"
        "COMMENT ON FUNCTION f() IS '-- no comment; \\q :z';",
    ),
    "slices that psql could take for variables": (
        'CREATE TABLE t ("HOST" int, "USER" int, n int[]);',
        'CREATE TABLE t ("HOST" int, "USER" int, n int[], CHECK (n["HOST": "USER"] IS NOT NULL));'
        'CREATE VIEW v AS SELECT n["HOST": "USER"] AS "a:b", \'12:30\'::interval FROM t;'
        'CREATE FUNCTION f(n int[]) RETURNS int[] BEGIN ATOMIC SELECT n[1: "USER"] FROM t; END;',
    ),
}


@pytest.mark.parametrize("name", PAIRS)
async def test_psql_takes_it_and_nothing_differs_then(databases: Databases, name: str) -> None:
    targets = [databases.loaded(text) for text in PAIRS[name]]
    try:
        async with comparing.live(*targets) as [a, b]:
            found = await compared(a, b, wish=here(databases))
            assert found.proof.state == "equal", found.summary
            psql(databases, targets[0], script(found))
            after = await compared(a, b, wish=here(databases))
        assert (said(after), after.exit_code) == ([], 0)
    finally:
        for target in targets:
            databases.drop(target)


async def test_the_sample_systems(databases: Databases) -> None:
    dev, prod = (databases.make(name) for name in ("graph@0001", "graph@0003"))
    async with comparing.live(dev, prod) as [a, b]:
        found = await compared(a, b, wish=here(databases))
        kinds = [str(each.key.kind) for each in found.changes]
        assert {kind: kinds.count(kind) for kind in kinds} == {"type": 1, "column": 4, "view": 1, "index": 27}
        assert (found.proof.state, found.proof.rounds, found.exit_code) == ("equal", 1, 1)
        psql(databases, dev, script(found))
        assert (await compared(a, b, wish=here(databases))).exit_code == 0
    for target in dev, prod:
        databases.drop(target)


async def test_its_form(databases: Databases) -> None:
    """Of a drift of which something stands alone, and something is lost."""
    targets = [databases.loaded(text) for text in PAIRS["enum used by a default"]]
    with databases.connect(targets[0]) as connection:
        connection.execute('CREATE TABLE gone (); ALTER TABLE t ADD "odd\nname" int')
    async with comparing.live(*targets) as [a, b]:
        found = await compared(a, b, wish=here(databases))
    for target in targets:
        databases.drop(target)
    text = script(found)
    kinds = [each.kind for each in statements.split(text)]
    assert kinds.count("VariableSetStmt") == 2 * len(found.plan.preamble), "each SET has its RESET"
    assert kinds[-1] == "VariableSetStmt"
    before, _, after = text.partition("ALTER TYPE public.mood ADD VALUE")
    assert before.count("BEGIN;") == before.count("COMMIT;"), "what stands alone stands in no transaction"
    assert after.count("BEGIN;") == after.count("COMMIT;") == 1
    lines = text.splitlines()
    drop = next(number for number, line in enumerate(lines) if "DROP COLUMN" in line)
    assert lines[drop - 1] == "-- ! loses the column's values"
    assert re.fullmatch(r"-- From t\d+ to t\d+: \d+ changes, proved in PostgreSQL 18\.\d+ \(url\)\.", lines[0])


async def test_no_drift_is_a_script_too(databases: Databases, database: Target) -> None:
    async with comparing.live(database, database) as [a, b]:
        text = script(await compared(a, b))
    assert statements.split(text) == ()
    psql(databases, database, text)


def psql(databases: Databases, target: Target, text: str) -> None:
    """Run a script as people are told to."""
    params = target.params
    where = ["-h", params["host"], "-p", params["port"], "-U", params["user"], "-d", params["dbname"]]
    command = [servers.client(databases.server.installation, "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    done = subprocess.run([*command, *where], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
