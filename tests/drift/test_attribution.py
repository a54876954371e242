"""Whose a change is between a database and its own migrations: real runs, and real hands behind their back."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from console.catalog.compare import Action
from console.config.profile import Target
from console.db.session import Session
from console.drift.authorship.attribution import State
from console.drift.drift import Drift
from console.drift.since import since
from console.drift.sources.kinds import Live, Made
from console.errors import MigrationFailed
from console.migrations import adopt, plan, repair
from console.migrations.files import formats
from console.migrations.ledgers.choosing import choose
from console.migrations.ledgers.native import Native
from console.migrations.leftovers import leftover
from console.migrations.running import runner
from console.migrations.running.events import Notice, StatementStarted
from console.migrations.snapshots import keeping
from tests import servers
from tests.databases import Databases
from tests.drift.comparing import compared, here
from tests.migrations.project import Project, of_kind, tables

USERS = "CREATE TABLE users (id int PRIMARY KEY, name text);"
ORDERS = "CREATE TABLE orders (id int PRIMARY KEY, total numeric);"
VIP = "ALTER TABLE users ADD vip boolean"


@dataclass(frozen=True)
class Shop(Project):
    """A project of two migrations, whose database people change by hand."""

    databases: Databases

    def by_hand(self, *statements: str) -> None:
        """Do as somebody does who is in a hurry."""
        with self.databases.connect(self.session.target) as connection:
            for each in statements:
                connection.execute(each.encode())

    def rewrite(self, name: str, up: str) -> None:
        """Edit a file that may have been applied."""
        (self.path / f"{name}.up.sql").write_text(up)

    async def drift(self, *, all_of_it: bool = False) -> Drift:
        """Compare the database with its own migrations: those that are applied, or all of the folder."""
        folder = formats.read(self.path)
        chosen = await choose(self.session, folder)
        done = {each.version for each in (await chosen.ledger.read(self.session)).applied}
        counted = tuple(each for each in folder.migrations if all_of_it or each.version in done)
        live, made = Live("shop", self.session), Made("dir:shop", folder, counted)
        return await compared(live, made, wish=here(self.databases), proof=False)

    async def whose(self, *, all_of_it: bool = False) -> dict[str, tuple[State, str]]:
        """Return by change whose it is, and which migration is named."""
        found = await self.drift(all_of_it=all_of_it)
        assert found.attributions.keys() == {each.key for each in found.changes}
        return {str(key): (each.state, each.migration) for key, each in found.attributions.items()}

    async def reasons(self, *, all_of_it: bool = False) -> list[str]:
        """Return what is said of the changes, each sentence once."""
        found = await self.drift(all_of_it=all_of_it)
        return list(dict.fromkeys(each.reason for each in found.attributions.values()))

    async def snapshots(self) -> list[tuple[Any, ...]]:
        """Return the moments of the snapshots that are kept, and after which migrations they are."""
        with self.databases.connect(self.session.target) as connection:
            return connection.execute("SELECT moment, after FROM dbconsole.snapshots ORDER BY id").fetchall()


@pytest.fixture
def shop(session: Session, databases: Databases, tmp_path: Path) -> Shop:
    found = Shop(tmp_path, session, databases)
    found.write("0001_users", USERS, "DROP TABLE users;")
    found.write("0002_orders", ORDERS, "DROP TABLE orders;")
    return found


AFTER_ALL = (State.BY_HAND, "0002_orders")


# What a hand may do, and what of it is drift.
HANDS = {
    VIP: "public.users.vip",
    "ALTER TABLE users DROP name": "public.users.name",
    "ALTER TABLE users ALTER id TYPE bigint": "public.users.id",
    "COMMENT ON TABLE users IS 'people'": "public.users",
    "ALTER INDEX users_pkey RENAME TO pk": "public.users.users_pkey",
    "ALTER TABLE orders RENAME TO bills": "public.orders",
    "COMMENT ON COLUMN bills.total IS 'with taxes'": "public.bills",
    "CREATE INDEX by_total ON bills (total)": "public.by_total",
    "CREATE TABLE extra (id int)": "public.extra",
    "CREATE FUNCTION one() RETURNS int RETURN 1": "public.one()",
    "ALTER TYPE mood ADD VALUE 'calm'": "public.mood",
    "ALTER TABLE notes ADD CHECK (note <> '')": "public.notes.notes_note_check",
    "ALTER TABLE notes ALTER note SET DEFAULT 'none'": "public.notes.note",
    "GRANT SELECT ON notes TO PUBLIC": "public.notes",
    "DROP VIEW all_notes": "public.all_notes",
    "CREATE POLICY p ON notes": "public.notes.p",
}


class TestByHand:
    async def test_after_the_last_run(self, shop: Shop) -> None:
        shop.write("0003_rest", "CREATE TYPE mood AS ENUM ('wild'); CREATE TABLE notes (note text);")
        shop.write("0004_rest", "CREATE VIEW all_notes AS SELECT * FROM notes; GRANT UPDATE ON notes TO PUBLIC;")
        await shop.up()
        assert await shop.whose() == {}
        shop.by_hand(*HANDS)
        found = await shop.whose()
        assert set(HANDS.values()) <= found.keys()
        assert set(found.values()) == {(State.BY_HAND, "0004_rest")}

    async def test_between_two_runs(self, shop: Shop) -> None:
        await shop.up()
        shop.by_hand(VIP)
        shop.write("0003_more", "CREATE TABLE more (id int);", "DROP TABLE more;")
        await shop.up()
        shop.by_hand("ALTER TABLE more ADD x int")
        assert await shop.whose() == {
            "public.users.vip": AFTER_ALL,
            "public.more.x": (State.BY_HAND, "0003_more"),
        }
        since, between = sorted(await shop.reasons())
        assert since.startswith("changed by hand after migration 0002_orders, between 20")
        assert between.startswith("changed by hand after migration 0003_more, since 20")
        assert await shop.snapshots() == [("after", "0002_orders"), ("before", "0002_orders"), ("after", "0003_more")]

    async def test_after_a_way_back(self, shop: Shop) -> None:
        await shop.up()
        await shop.down()
        shop.by_hand(VIP)
        assert await shop.whose() == {"public.users.vip": (State.BY_HAND, "0001_users")}

    async def test_by_somebody_else_while_a_run_is_at_work(self, shop: Shop) -> None:
        planned = await shop.planned_up()
        async for event in runner.run(shop.session, planned, shop.consent):
            if isinstance(event, StatementStarted) and event.label == "0002_orders":
                shop.by_hand(VIP, "CREATE TABLE extra (id int)")
        assert await shop.whose() == {
            "public.users.vip": (State.BY_HAND, ""),
            "public.extra": (State.BY_HAND, ""),
        }
        [reason] = await shop.reasons()
        assert "while 0001_users, 0002_orders was at work" in reason

    async def test_by_somebody_else_while_a_later_run_is_at_work(self, shop: Shop) -> None:
        await shop.up()
        shop.write("0003_more", "CREATE TABLE more (id int); CREATE INDEX i ON more (id);")
        async for event in runner.run(shop.session, await shop.planned_up(), shop.consent):
            if isinstance(event, StatementStarted) and event.number == 2:
                shop.by_hand("CREATE TABLE extra (id int)")
        assert await shop.whose() == {"public.extra": AFTER_ALL}
        [reason] = await shop.reasons()
        assert "while 0003_more was at work" in reason

    async def test_what_runs_alone_is_told_from_others(self, shop: Shop) -> None:
        """It runs in transactions of its own, between which others may write as well."""
        await shop.up()
        shop.write("0003_index", "CREATE INDEX CONCURRENTLY by_total ON orders (total);")
        async for event in runner.run(shop.session, await shop.planned_up(), shop.consent):
            if isinstance(event, StatementStarted):
                shop.by_hand("CREATE TABLE extra (id int)")
        assert await shop.whose() == {"public.extra": AFTER_ALL}
        shop.rewrite("0003_index", "CREATE INDEX CONCURRENTLY by_total ON orders (total) WHERE total > 0;")
        assert await shop.whose() == {
            "public.extra": AFTER_ALL,
            "public.by_total": (State.EDITED, "0003_index"),
        }

    async def test_subtransactions_are_a_migrations_own(self, shop: Shop) -> None:
        nested = "BEGIN CREATE TABLE {} (id int); EXCEPTION WHEN OTHERS THEN NULL; END;"
        shop.write("0003_nested", f"DO $$ BEGIN {nested.format('m')} {nested.format('n')} END $$;")
        await shop.up()
        shop.rewrite("0003_nested", f"DO $$ BEGIN {nested.format('m')} END $$;")
        assert await shop.whose() == {"public.n": (State.EDITED, "0003_nested")}


class TestFiles:
    async def test_an_edited_one(self, shop: Shop) -> None:
        await shop.up()
        shop.rewrite("0001_users", "CREATE TABLE users (id int PRIMARY KEY, name varchar(50), mail text);")
        edited = (State.EDITED, "0001_users")
        assert await shop.whose() == {"public.users.name": edited, "public.users.mail": edited}
        assert await shop.reasons() == ["the file of 0001_users was edited after it was applied"]

    async def test_beside_what_was_done_by_hand(self, shop: Shop) -> None:
        await shop.up()
        shop.rewrite("0001_users", "CREATE TABLE users (id int PRIMARY KEY);")
        shop.by_hand(VIP, "DROP TABLE orders")
        assert await shop.whose() == {
            "public.users.name": (State.EDITED, "0001_users"),
            "public.users.vip": AFTER_ALL,
            "public.orders": AFTER_ALL,
            "public.orders.orders_pkey": AFTER_ALL,
        }

    async def test_an_edited_one_that_repair_has_accepted(self, shop: Shop) -> None:
        await shop.up()
        shop.rewrite("0002_orders", "CREATE TABLE orders (id int PRIMARY KEY, total numeric, note text);")
        chosen = await choose(shop.session, shop.folder)
        wanted = repair.plan(chosen, await chosen.ledger.read(shop.session))
        await repair.carry_out(shop.session, wanted, shop.consent)
        assert await shop.whose() == {"public.orders.note": (State.EDITED, "0002_orders")}
        [reason] = await shop.reasons()
        assert "and accepted as it is on 20" in reason

    async def test_one_that_was_never_run(self, shop: Shop) -> None:
        shop.write("0004_newest", "CREATE TABLE newest (id int);")
        await shop.up()
        shop.write("0003_late", "CREATE TABLE late (id int);")
        late = {"public.late": (State.MISSED, "0003_late")}
        assert await shop.whose(all_of_it=True) == late
        assert await shop.whose() == {}

    async def test_one_that_is_not_applied_yet(self, shop: Shop) -> None:
        await shop.up()
        shop.write("0003_next", "CREATE TABLE next (id int); ALTER TABLE users ADD next int;")
        pending = (State.PENDING, "0003_next")
        assert await shop.whose(all_of_it=True) == {"public.next": pending, "public.users.next": pending}

    async def test_one_that_was_recorded_without_being_run(self, shop: Shop) -> None:
        await shop.up()
        shop.write("0003_adopted", "CREATE TABLE adopted (id int);")
        chosen = await choose(shop.session, shop.folder)
        adoption = adopt.plan(chosen, await chosen.ledger.read(shop.session))
        await adopt.carry_out(shop.session, adoption, shop.consent)
        assert await shop.whose() == {"public.adopted": (State.MISSED, "0003_adopted")}

    async def test_one_that_has_made_what_its_file_does_not(self, shop: Shop) -> None:
        made = "EXECUTE format('CREATE TABLE x_%s (id int)', current_database())"
        shop.write("0003_moody", f"DO $$ BEGIN {made}; END $$;")
        await shop.up()
        found = await shop.drift()
        [whose] = [found.attributions[each.key] for each in found.changes if each.action is Action.DROP]
        assert whose.state is State.UNKNOWN
        assert whose.reason.startswith("unknown, because 0003_moody has made it what it is here")


class TestWhatIsNotKnown:
    async def test_what_repair_has_mended(self, shop: Shop) -> None:
        shop.write("0003_check", "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;")
        await shop.up()
        chosen = await choose(shop.session, shop.folder)
        left = await leftover.read(shop.session)
        wanted = repair.plan(chosen, await chosen.ledger.read(shop.session), left, validate=True)
        await repair.carry_out(shop.session, wanted, shop.consent)
        assert await shop.whose() == {"public.orders.positive": (State.UNKNOWN, "")}
        [reason] = await shop.reasons()
        assert "when repair ran" in reason

    async def test_what_a_run_has_left_that_was_killed_half_way(self, shop: Shop) -> None:
        await shop.up()
        shop.write("0003_half", "-- dbconsole: no-transaction\nCREATE TABLE half (id int); SELECT 1 / 0;")
        shop.by_hand(
            "CREATE TABLE half (id int)",
            "INSERT INTO dbconsole.unfinished VALUES ('0003', 'half', 'up', 1, 2, '', false)",
        )
        assert await shop.whose() == {"public.half": (State.UNKNOWN, "")}
        [reason] = await shop.reasons()
        assert reason.startswith("unknown, because 0003 ran after 20")

    async def test_what_a_script_has_left_that_failed_half_way(self, shop: Shop) -> None:
        shop.write("0003_half", "-- dbconsole: no-transaction\nCREATE TABLE half (id int); SELECT 1 / 0;")
        with pytest.raises(MigrationFailed):
            await shop.up()
        assert await shop.whose() == {"public.half": (State.PENDING, "0003_half")}
        assert await shop.reasons() == ["0003_half has stopped half-way here"]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("\\x00", "A snapshot that this database has kept is not one of a catalog"),
            (
                "\\x" + zlib.compress(b'{"format": "dbconsole catalog", "version": 99}').hex(),
                "A snapshot that this database has kept was written by a newer dbconsole",
            ),
        ],
    )
    async def test_a_snapshot_that_cannot_be_read(self, shop: Shop, content: str, reason: str) -> None:
        await shop.up()
        shop.by_hand(VIP, f"UPDATE dbconsole.snapshots SET content = '{content}'")
        assert await shop.reasons() == [f"unknown, because {reason}"]
        assert (await since(shop.session)).changed is None

    async def test_an_upgrade_of_the_server_tells_only_what_came_and_went(self, shop: Shop) -> None:
        await shop.up()
        shop.by_hand("UPDATE dbconsole.snapshots SET server_version = 170004")
        shop.by_hand("ALTER TABLE users ALTER name TYPE varchar(9)", VIP, "CREATE TABLE extra (id int)")
        assert await shop.whose() == {
            "public.users.name": (State.UNKNOWN, ""),
            "public.users.vip": AFTER_ALL,
            "public.extra": AFTER_ALL,
        }
        assert "unknown, because PostgreSQL was 17 at the last run and is 18 now" in " ".join(await shop.reasons())

    async def test_another_tools_ledger_says_why(self, session: Session, databases: Databases, tmp_path: Path) -> None:
        shop = Shop(tmp_path, session, databases)
        (tmp_path / "20240101000000_users.sql").write_text(
            f"-- migrate:up\n{USERS}\n-- migrate:down\nDROP TABLE users;\n"
        )
        folder = formats.read(tmp_path, "dbmate")
        chosen = await choose(session, folder)
        planned = plan.up(folder, await chosen.ledger.read(session))
        async for _ in runner.run(session, planned, shop.consent, ledger=chosen.ledger):
            pass
        shop.by_hand(VIP)
        found = await shop.drift()
        assert {each.state for each in found.attributions.values()} == {State.UNKNOWN}
        assert {each.reason for each in found.attributions.values()} == {
            "unknown, because only dbconsole's own ledger keeps snapshots of the schema, and this is dbmate's"
        }

    async def test_a_folder_that_is_not_its_own(self, shop: Shop, tmp_path: Path) -> None:
        await shop.up()
        other = Shop(tmp_path / "other", shop.session, shop.databases)
        other.path.mkdir()
        other.write("0007_other", "CREATE TABLE other (id int);")
        assert (await other.drift(all_of_it=True)).attributions == {}

    async def test_migrations_of_an_older_console(self, shop: Shop) -> None:
        await shop.up()
        shop.by_hand("DROP TABLE dbconsole.snapshots, dbconsole.touched", VIP)
        assert await shop.whose() == {"public.users.vip": (State.UNKNOWN, "")}
        assert await shop.reasons() == [
            "unknown, because no snapshot of the schema was kept when its migrations were run"
        ]
        shop.write("0003_more", "CREATE TABLE more (id int);")
        await shop.up()  # which makes what is missing
        shop.by_hand("ALTER TABLE more ADD y int")
        assert await shop.whose() == {
            "public.users.vip": (State.UNKNOWN, ""),
            "public.more.y": (State.BY_HAND, "0003_more"),
        }

    async def test_a_run_that_kept_nothing(self, shop: Shop) -> None:
        await shop.up()
        shop.write("0003_more", "CREATE TABLE more (id int);")
        async for _ in runner.run(shop.session, await shop.planned_up(), shop.consent, snapshots=False):
            pass
        shop.by_hand(VIP)
        assert await shop.whose() == {"public.users.vip": (State.UNKNOWN, "")}
        [reason] = await shop.reasons()
        assert reason.startswith("unknown, because 0003 ran after 20")


class TestKeeping:
    async def test_a_run_that_changes_nothing_keeps_nothing(self, shop: Shop) -> None:
        await shop.up()
        shop.write("0003_rows", "INSERT INTO users VALUES (1, 'a');")
        await shop.up()
        assert await shop.snapshots() == [("after", "0003_rows")]
        shop.by_hand(VIP)
        assert await shop.whose() == {"public.users.vip": (State.BY_HAND, "0003_rows")}

    async def test_the_newest_twenty_stay(self, session: Session, databases: Databases, tmp_path: Path) -> None:
        shop = Shop(tmp_path, session, databases)
        tables(tmp_path, 22)
        for number in range(1, 23):
            await shop.up(to=f"{number:04}")
        assert await shop.snapshots() == [("after", f"{number:04}_t{number}") for number in range(3, 23)]

    async def test_what_was_changed_before_the_oldest_of_them(
        self, session: Session, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The digests of what a migration has touched outlive the snapshots."""
        monkeypatch.setattr(keeping, "KEPT", 2)
        shop = Shop(tmp_path, session, databases)
        tables(tmp_path, 4)
        await shop.up(to="0001")
        shop.by_hand("ALTER TABLE t1 ADD x int")
        for version in ("0002", "0003", "0004"):
            await shop.up(to=version)
        shop.by_hand("COMMENT ON TABLE t1 IS 'first'")
        assert await shop.whose() == {
            "public.t1.x": (State.UNKNOWN, ""),
            "public.t1": (State.BY_HAND, "0004_t4"),
        }

    async def test_through_a_transaction_pooler(self, pooled: Target, databases: Databases, tmp_path: Path) -> None:
        async with await Session.open(pooled, what="test") as session:
            shop = Shop(tmp_path, session, databases)
            shop.write("0001_users", USERS)
            shop.write("0002_orders", f"DO $$ BEGIN {ORDERS} END $$;")
            await shop.up()
            shop.by_hand(VIP)
            assert await shop.whose() == {"public.users.vip": AFTER_ALL}

    async def test_a_failing_run_keeps_what_it_has_done(self, shop: Shop) -> None:
        shop.write("0003_wrong", "CREATE TABLE x (id int); SELECT 1 / 0;")
        with pytest.raises(MigrationFailed):
            await shop.up()
        shop.by_hand(VIP)
        assert await shop.whose() == {"public.users.vip": AFTER_ALL}

    async def test_a_role_that_may_not_still_migrates(self, shop: Shop) -> None:
        await shop.up()
        shop.by_hand(
            "DROP TABLE dbconsole.snapshots, dbconsole.touched",
            "CREATE ROLE attribution_worker LOGIN",
            "GRANT USAGE ON SCHEMA dbconsole TO attribution_worker",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA dbconsole TO attribution_worker",
            "GRANT CREATE ON SCHEMA public TO attribution_worker",
        )
        shop.write("0003_more", "CREATE TABLE more (id int);")
        target = replace(shop.session.target, params={**shop.session.target.params, "user": "attribution_worker"})
        async with await Session.open(target, what="test") as session:
            events = await Shop(shop.path, session, shop.databases).up()
        [notice] = of_kind(events, Notice)
        assert notice.text.startswith("No snapshot of the schema was kept, so drift will not know who changed it: ")
        assert (await Native().read(shop.session)).applied[-1].version == "0003"
        shop.by_hand("DROP OWNED BY attribution_worker", "DROP ROLE attribution_worker")

    async def test_a_schema_too_large_says_so(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keeping, "LARGEST", 10)
        [notice] = of_kind(await shop.up(), Notice)
        assert "a snapshot of the schema would take too long, so none is kept" in notice.text
        shop.by_hand(VIP)
        assert await shop.whose() == {"public.users.vip": (State.UNKNOWN, "")}


@pytest.mark.slow
@pytest.mark.parametrize("version", [each for each in servers.VERSIONS if each != 18])
async def test_on_older_servers(tmp_path: Path, version: int) -> None:
    with Databases.started(tmp_path / "server", version=version, installation=servers.installation(version)) as older:
        async with await Session.open(older.make(), what="test") as session:
            shop = Shop(tmp_path, session, older)
            shop.write("0001_users", f"DO $$ BEGIN BEGIN {USERS} EXCEPTION WHEN OTHERS THEN NULL; END; END $$;")
            shop.write("0002_orders", ORDERS)
            shop.write("0003_index", "CREATE INDEX CONCURRENTLY by_total ON orders (total);")
            async for event in runner.run(session, await shop.planned_up(), shop.consent):
                if isinstance(event, StatementStarted) and event.label == "0003_index":
                    shop.by_hand("CREATE TABLE extra (id int)")
            assert (await since(session)).changed == 0
            shop.by_hand(VIP)
            assert (await since(session)).changed == 1
            shop.rewrite("0001_users", "CREATE TABLE users (id int PRIMARY KEY);")
            assert await shop.whose() == {
                "public.users.vip": (State.BY_HAND, "0003_index"),
                "public.users.name": (State.EDITED, "0001_users"),
                "public.extra": (State.BY_HAND, ""),
            }
