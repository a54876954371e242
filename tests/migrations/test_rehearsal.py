"""A rehearsal from an empty database: what is proved, and that every way to break a down file is found."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from console.errors import Interrupted
from console.migrations import plan
from console.migrations.files import native
from console.migrations.ledgers.ledger import Recorded
from console.migrations.rehearsal.events import MigrationRehearsed, PartStarted, Preparing, ShadowReady
from console.migrations.rehearsal.rehearsing import rehearse
from console.migrations.rehearsal.verdict import Rehearsal, Verdict
from tests.migrations.project import tables, write
from tests.migrations.rehearsals import from_nothing, left, parts, verdicts

BASE = """
CREATE ROLE rehearsal_clerk;
CREATE TABLE orders (id int PRIMARY KEY, total int DEFAULT 1, note text);
CREATE INDEX orders_total ON orders (total);
CREATE TABLE pairs (a int, b int);
COMMENT ON TABLE orders IS 'What was ordered.';
CREATE TYPE state AS ENUM ('open', 'shut');
CREATE VIEW large AS SELECT id FROM orders WHERE total > 100;
"""
# name → up, down, and what is said of the schema after down.
BROKEN = {
    "table": ("CREATE TABLE IF NOT EXISTS more (id int)", "", ["table public.more is left behind"]),
    "column": (
        "ALTER TABLE orders ADD COLUMN IF NOT EXISTS vat int",
        "",
        ["column public.orders.vat is left behind"],
    ),
    "default": (
        "ALTER TABLE orders ALTER total SET DEFAULT 2",
        "ALTER TABLE orders ALTER total DROP DEFAULT",
        ["column public.orders.total differs: default: 1, now nothing"],
    ),
    "comment": (
        "COMMENT ON TABLE orders IS 'Orders.'",
        "COMMENT ON TABLE orders IS NULL",
        ["table public.orders differs: comment: What was ordered., now nothing"],
    ),
    "grant": (
        "GRANT SELECT ON orders TO rehearsal_clerk",
        "",
        ["table public.orders differs: grants: nothing, now SELECT to rehearsal_clerk"],
    ),
    "index": (
        "DROP INDEX IF EXISTS orders_total",
        "",
        ["index public.orders_total is gone"],
    ),
    "not null": (
        "ALTER TABLE orders ALTER note SET NOT NULL",
        "",
        ["column public.orders.note differs: not null: nothing, now yes"],
    ),
    "label": (
        "ALTER TYPE state ADD VALUE IF NOT EXISTS 'lost'",
        "",
        ["type public.state differs: labels: open, shut, now "],
    ),
    "order": (
        "ALTER TABLE pairs DROP COLUMN IF EXISTS a",
        "ALTER TABLE pairs ADD a int",
        ["table public.pairs has its columns in another order: columns: a, b, now b, a"],
    ),
    "owner": (
        "ALTER VIEW large OWNER TO rehearsal_clerk",
        "",
        ["view public.large differs: owner: postgres, now rehearsal_clerk"],
    ),
}


@pytest.fixture(autouse=True)
def tmp(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have shadows in a folder of the test's own, and see that none is left in it."""
    folder = tmp_path_factory.mktemp("tmp")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """Rehearse one migration for each."""
    folder = tmp_path_factory.mktemp("broken")
    write(
        folder,
        "0000_base",
        BASE,
        "DROP VIEW large; DROP TYPE state; DROP TABLE orders, pairs; DROP ROLE rehearsal_clerk",
    )
    for number, (up, down, _) in enumerate(BROKEN.values(), 1):
        write(folder, f"{number:04}_broken", f"{up};", f"{down or 'SELECT 1'};")
    return asyncio.run(from_nothing(folder))


class TestBrokenDowns:
    """All of them in one shadow: each begins with what the one before it has left."""

    @pytest.mark.parametrize(("number", "name"), list(enumerate(BROKEN, 1)), ids=list(BROKEN))
    def test_the_exact_difference_is_found(self, broken: Rehearsal, number: int, name: str) -> None:
        verdict = broken.verdicts[number]
        assert parts(verdict) == "+.+-+"
        said, wanted = left(verdict), BROKEN[name][2]
        assert len(said) == len(wanted)
        assert all(one.startswith(start) for one, start in zip(said, wanted, strict=True)), said
        assert verdict.exit_code == 1

    def test_what_is_put_back_is_equal(self, broken: Rehearsal) -> None:
        assert parts(broken.verdicts[0]) == "+.+++"
        assert broken.exit_code == 1
        assert broken.summary.startswith("1 of 11 migrations proved in PostgreSQL 18")


class TestWhatFails:
    async def test_up_with_its_place(self, tmp_path: Path) -> None:
        tables(tmp_path, 2)
        write(tmp_path, "0002_bad", "CREATE TABLE x (id int);\n\nALTER TABLE nowhere ADD a int;", "DROP TABLE x;")
        (tmp_path / "0002_t2.up.sql").unlink()
        (tmp_path / "0002_t2.down.sql").unlink()
        write(tmp_path, "0003_next", "SELECT 1;", "SELECT 1;")
        found = await from_nothing(tmp_path)
        first, bad, following = found.verdicts
        assert [parts(each) for each in found.verdicts] == ["+.+++", "-....", "....."]
        assert first.exit_code == 0
        assert bad.error is not None
        assert (bad.error.line, bad.error.column, bad.error.sqlstate) == (3, 1, "42P01")
        assert following.reason == "0002_bad, before it, is not there to build upon."
        assert found.exit_code == 4

    async def test_down_in_a_transaction_leaves_what_up_made(self, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "CREATE TABLE a (id int);", "DROP TABLE b;")
        write(tmp_path, "0002_b", "ALTER TABLE a ADD x int;", "ALTER TABLE a DROP x;")
        found = await from_nothing(tmp_path)
        assert [parts(each) for each in found.verdicts] == ["+.-..", "+.+++"]
        assert found.exit_code == 4

    async def test_down_statement_by_statement_leaves_nobody_knows_what(self, tmp_path: Path) -> None:
        half = "-- dbconsole: no-transaction\nDROP TABLE a;\nDROP TABLE b;"
        write(tmp_path, "0001_a", "CREATE TABLE a (id int);", half)
        write(tmp_path, "0002_b", "SELECT 1;", "SELECT 1;")
        found = await from_nothing(tmp_path)
        assert [parts(each) for each in found.verdicts] == ["+.-..", "....."]

    async def test_up_that_does_not_run_again(self, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "CREATE TABLE a (id int);", "SELECT 1;")
        [verdict] = (await from_nothing(tmp_path)).verdicts
        assert parts(verdict) == "+.+--"
        assert verdict.marks == "up ✓  verify –  down ✓  equal ✗  up again ✗"
        assert "already exists" in verdict.sentences[-1]

    async def test_checks(self, tmp_path: Path) -> None:
        checks = "SELECT 'rows' AS check_name, count(*) > 0 AS ok, count(*) || ' rows' AS detail FROM a"
        write(tmp_path, "0001_a", "CREATE TABLE a (id int);", "DROP TABLE a;", checks)
        found = await from_nothing(tmp_path)
        assert parts(found.verdicts[0]) == "+-+++"
        assert found.verdicts[0].sentences == ("the check rows failed: 0 rows",)
        assert found.exit_code == 1

    async def test_a_file_that_does_not_parse(self, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "CREATE TABLE a (id int);", "DROP TABEL a;")
        [verdict] = (await from_nothing(tmp_path)).verdicts
        assert verdict.error is not None
        assert (verdict.error.line, verdict.exit_code) == (1, 4)


class TestWhatIsNotThere:
    async def test_a_down_file(self, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "CREATE TABLE a (id int);")
        found = await from_nothing(tmp_path)
        assert parts(found.verdicts[0]) == "+...."
        assert found.verdicts[0].reason == "It has no down file, so there is no way back to prove."
        assert found.exit_code == 0
        assert found.summary.endswith("; 1 without a down file")

    async def test_nothing_at_all(self, tmp_path: Path) -> None:
        tables(tmp_path, 1)
        folder = native.read(tmp_path)
        nothing = plan.up(folder, Recorded(), to="0001")
        events = [event async for event in rehearse(folder, plan.Plan(order=nothing.order))]
        assert [type(event).__name__ for event in events] == ["RehearsalFinished"]

    async def test_a_role(self, tmp_path: Path) -> None:
        """It belongs to a server that nobody has seen; one that a script makes is its own affair."""
        write(tmp_path, "0001_a", 'CREATE TABLE a (); GRANT SELECT ON a TO "the clerk";', "DROP TABLE a;")
        write(
            tmp_path,
            "0002_b",
            "CREATE ROLE b_reader; GRANT SELECT ON a TO b_reader;",
            "DROP OWNED BY b_reader; DROP ROLE b_reader;",
        )
        found = await from_nothing(tmp_path)
        assert [parts(each) for each in found.verdicts] == ["+.+++", "+.+++"]
        assert found.shadow is not None
        assert found.shadow.added == ("1 role: the clerk",)


class TestExtensions:
    async def test_functions_are_stood_in_for(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            "0001_a",
            "CREATE SCHEMA extensions; CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;\n"
            'CREATE EXTENSION "uuid-ossp"; CREATE TABLE a (id uuid DEFAULT uuid_generate_v4(), pw text);\n'
            "INSERT INTO a (pw) VALUES (extensions.crypt('x', extensions.gen_salt('bf')));",
            'DROP TABLE a; DROP EXTENSION "uuid-ossp"; DROP EXTENSION pgcrypto; DROP SCHEMA extensions;',
            "SELECT 'password' AS check_name, bool_and(pw = extensions.crypt('x', pw)) AS ok, '' AS detail FROM a",
        )
        found = await from_nothing(tmp_path, wish="embedded")
        assert parts(found.verdicts[0]) == "+++++"
        assert [each.sentence for each in found.standins] == [
            "pgcrypto stood in for by 36 functions",
            "uuid-ossp stood in for by 10 functions",
        ]
        assert found.proved

    @pytest.mark.vector
    async def test_those_that_are_there_are_not(self, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "CREATE EXTENSION vector;", "DROP EXTENSION vector;")
        found = await from_nothing(tmp_path)
        assert (found.proved, found.standins) == (True, ())

    async def test_types_are_not_stood_in_for(self, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "CREATE EXTENSION nobody_has_it; CREATE TABLE a (x its_type);", "SELECT 1;")
        write(tmp_path, "0002_b", "SELECT 1;", "SELECT 1;")
        found = await from_nothing(tmp_path, wish="embedded")
        assert [parts(each) for each in found.verdicts] == [".....", "....."]
        assert "It needs nobody_has_it." in found.verdicts[0].reason
        assert "--shadow URL" in found.verdicts[0].reason
        assert found.exit_code == 6


async def test_statements_outside_a_transaction(tmp_path: Path) -> None:
    tables(tmp_path, 1)
    alone = "-- dbconsole: no-transaction\n"
    write(
        tmp_path,
        "0002_index",
        f"{alone}CREATE INDEX CONCURRENTLY t1_id ON t1 (id);",
        f"{alone}DROP INDEX CONCURRENTLY t1_id;",
    )
    found = await from_nothing(tmp_path)
    assert [parts(each) for each in found.verdicts] == ["+.+++", "+.+++"]


async def test_another_server_is_not_spoken_to(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "CREATE SUBSCRIPTION s CONNECTION 'host=prod.example.com' PUBLICATION p;", "SELECT 1;")
    [verdict] = (await from_nothing(tmp_path)).verdicts
    assert (parts(verdict), verdict.exit_code) == (".....", 6)
    assert "would speak to another server" in verdict.reason


async def test_what_a_supabase_project_takes_for_granted(tmp_path: Path) -> None:
    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    write(
        folder,
        "0001_profiles",
        'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;\n'
        "CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users ON DELETE CASCADE,\n"
        "    token uuid DEFAULT uuid_generate_v4());\n"
        "ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;\n"
        "CREATE POLICY own ON profiles FOR SELECT TO authenticated USING (auth.uid() = id);\n"
        "CREATE POLICY avatars ON storage.objects FOR SELECT TO anon USING (bucket_id = 'avatars'\n"
        "    AND (storage.foldername(name))[1] = auth.uid()::text);\n"
        "ALTER PUBLICATION supabase_realtime ADD TABLE profiles;\n"
        "CREATE POLICY heard ON realtime.messages FOR SELECT TO authenticated USING (realtime.topic() = 'a');\n"
        "CREATE TRIGGER told AFTER INSERT ON profiles FOR EACH ROW\n"
        "    EXECUTE FUNCTION supabase_functions.http_request('http://x.example', 'POST', '{}', '{}', '1000');\n"
        "CREATE VIEW known AS SELECT u.id, u.banned_until, i.provider, s.user_agent, m.factor_type\n"
        "    FROM auth.users AS u\n"
        "    JOIN auth.identities AS i ON i.user_id = u.id JOIN auth.sessions AS s ON s.user_id = u.id\n"
        "    JOIN auth.mfa_factors AS m ON m.user_id = u.id;",
        "DROP VIEW known; DROP POLICY heard ON realtime.messages; DROP POLICY avatars ON storage.objects;"
        " DROP TABLE profiles;",
    )
    found = await from_nothing(folder, wish="embedded")
    assert parts(found.verdicts[0]) == "+.+++", found.verdicts[0].sentences
    assert found.shadow is not None
    assert "auth.users" in found.shadow.added[0]
    assert "authenticated" in found.shadow.added[1]


class TestStopping:
    @pytest.mark.parametrize("at", [Preparing, ShadowReady, PartStarted, MigrationRehearsed])
    async def test_whenever_it_is_cancelled_nothing_stays(self, tmp_path: Path, at: type[Any]) -> None:
        """The shadow is gone by then; the fixture looks."""
        tables(tmp_path, 3)
        folder = native.read(tmp_path)
        seen = asyncio.Event()

        async def work() -> None:
            async for event in rehearse(folder, plan.up(folder, Recorded())):
                if isinstance(event, at):
                    seen.set()

        task = asyncio.create_task(work())
        await seen.wait()
        task.cancel()
        with pytest.raises(Interrupted, match="the shadow is gone"):
            await task

    async def test_who_stops_listening_leaves_nothing(self, tmp_path: Path) -> None:
        tables(tmp_path, 1)
        folder = native.read(tmp_path)
        async with aclosing(rehearse(folder, plan.up(folder, Recorded()))) as events:
            async for event in events:
                if isinstance(event, ShadowReady):
                    break


def test_a_verdict_says_itself() -> None:
    assert Verdict("1", "a", "1_a", up=True, down=True, equal=False).marks == "up ✓  verify –  down ✓  equal ✗"


def test_verdicts_are_found_by_version() -> None:
    assert verdicts(Rehearsal(None, (), (Verdict("1", "a", "1_a"),))).keys() == {"1"}
