"""Sqitch: its plan with the IDs of its changes, its scripts, its registry, and the real Sqitch as the judge."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import BadMigrations
from console.migrations import history
from console.migrations.files import formats, sqitch, sqitch_plan
from console.migrations.ledgers.choosing import choose
from console.migrations.states import standings
from tests.migrations.foreign import Site
from tests.migrations.formats import tools
from tests.migrations.own_tools import OWN
from tests.migrations.project import agreed

HEAD = "%syntax-version=1.0.0\n%project=demo\n\n"
WHEN = "2024-01-01T10:00:00Z T <t@e.x>"


def planned(path: Path, lines: str, head: str = HEAD) -> Path:
    """Write a plan with no scripts."""
    (path / "sqitch.plan").write_text(head + lines)
    return path


@pytest.fixture
def site(tmp_path: Path, session: Session) -> Site:
    """Return a project of three changes, and its session."""
    OWN["sqitch"].make(tmp_path)
    return Site(tmp_path, session)


async def record(site: Site) -> None:
    """Have the first two changes recorded as deployed."""
    async with site.session.writing(agreed(site.session.target)) as writer:
        for statement in OWN["sqitch"].records(site.path):
            await writer.execute(statement)


def test_changes_stand_in_the_plans_order_with_their_scripts(tmp_path: Path) -> None:
    OWN["sqitch"].make(tmp_path)
    folder = formats.read(tmp_path)
    assert (folder.format, folder.findings) == ("sqitch", ())
    assert [each.version for each in folder.migrations] == ["people", "ada", "age"]
    first = folder.migrations[0]
    assert first.checksum == hashlib.sha1((tmp_path / "deploy" / "people.sql").read_bytes()).hexdigest()
    assert first.down is not None
    assert first.verify is not None
    assert "DROP TABLE" in first.down.text
    assert "sqitch deploy" in first.unsupported


def test_a_reworked_change_is_two(tmp_path: Path) -> None:
    planned(tmp_path, f"users {WHEN} # a\n@v1 {WHEN}\n@v2 {WHEN}\nusers [users@v2] {WHEN} # b\n")
    for name in ("users", "users@v2"):
        (tmp_path / "deploy").mkdir(exist_ok=True)
        (tmp_path / "deploy" / f"{name}.sql").write_text(f"-- {name}\n")
    folder = sqitch.scan(tmp_path, {})
    found = [(each.version, each.up.path.name) for each in folder.migrations]
    assert found == [("users@v1", "users@v2.sql"), ("users", "users.sql")]
    assert folder.findings == ()


@pytest.mark.parametrize(
    ("lines", "sentence", "line"),
    [
        ("users\n", "neither a change nor a tag", 4),
        (f"users {WHEN}\nusers {WHEN}\n", "twice with no tag between", 5),
        (f"@v1 {WHEN}\n", "a tag needs a change", 4),
        (f"users {WHEN}\n@v1 {WHEN}\n@v1 {WHEN}\n", "@v1 is there twice", 6),
        (f"../users {WHEN}\n", "neither a change nor a tag", 4),
        (f"a/../../../users {WHEN}\n", "leads out of the folder", None),
        ("# nothing yet\n", "no change in sqitch.plan yet", None),
        ("\x00\n", "zero byte", 4),
        (f"a {WHEN[:20]} x" + " " * 100_000 + "x\n", "neither a change nor a tag", 4),
        (" " * 100_000 + ":\n", "neither a change nor a tag", 4),
        ("x" * 100_000 + "\n" + "[" * 100_000 + "\n", "neither a change nor a tag", 4),
    ],
)
def test_what_sqitch_would_not_take_is_said(tmp_path: Path, lines: str, sentence: str, line: int | None) -> None:
    findings = [each for each in sqitch.scan(planned(tmp_path, lines), {}).findings if each.fatal]
    assert sentence in findings[0].sentence
    assert findings[0].line == line
    with pytest.raises(BadMigrations):
        formats.read(tmp_path)


def test_a_plan_without_a_project(tmp_path: Path) -> None:
    [finding] = sqitch.scan(planned(tmp_path, "", head="%syntax-version=1.0.0\n"), {}).findings
    assert "%project=" in finding.sentence


def test_what_is_odd_is_said_and_does_not_stand_in_the_way(tmp_path: Path) -> None:
    planned(tmp_path, f"users [gone other:x !foe] {WHEN}\norders [users] {WHEN}\n")
    said = [(each.fatal, each.sentence) for each in sqitch.scan(tmp_path, {}).findings]
    assert said == [
        (False, "users requires gone, which does not come before it."),
        (False, "users has no deploy script users.sql."),
        (False, "orders has no deploy script orders.sql."),
    ]


def test_a_configuration_says_where_things_are(tmp_path: Path) -> None:
    (tmp_path / "sqitch.conf").write_text(
        '[core]\n\ttop_dir = db # here\n\textension = ddl\n[engine "sqlite"]\n\ttop_dir = lite\n'
        '[engine "pg"]\n\tdeploy_dir = "pg/up"\n'
    )
    (tmp_path / "db").mkdir()
    (tmp_path / "pg" / "up").mkdir(parents=True)
    (tmp_path / "pg" / "up" / "users.ddl").write_text("SELECT 1;")
    planned(tmp_path / "db", f"users {WHEN}\n")
    folder = formats.read(tmp_path)
    assert [(each.version, each.up.text) for each in folder.migrations] == [("users", "SELECT 1;")]


async def test_an_edited_script_a_change_that_is_gone_and_one_that_moved(site: Site) -> None:
    await record(site)
    assert await site.states() == {"people": "applied", "ada": "applied", "age": "pending"}
    deploy = site.path / "deploy" / "ada.sql"
    deploy.write_text(deploy.read_text() + "\n-- more\n")
    assert await site.states() == {"people": "applied", "ada": "edited", "age": "pending"}
    plan = (site.path / "sqitch.plan").read_text()
    (site.path / "sqitch.plan").write_text(plan.replace("About people", "Of people"))
    chosen = await site.chosen()
    recorded = await chosen.ledger.read(site.session)
    assert [each.version for each in recorded.applied] == ["people", "ada"]
    assert "from people on" in recorded.notes[0]
    lines = [line for line in plan.splitlines(keepends=True) if not line.startswith("ada")]
    (site.path / "sqitch.plan").write_text("".join(lines).replace(" [ada]", ""))
    assert await site.states() == {"people": "applied", "age": "pending", "ada": "missing"}


async def test_what_was_deployed_after_it_makes_it_late(site: Site) -> None:
    await record(site)
    plan = (site.path / "sqitch.plan").read_text().replace("ada [people]", f"early {WHEN}\nada [people]")
    (site.path / "sqitch.plan").write_text(plan)
    assert (await site.states())["early"] == "out_of_order"


async def test_another_projects_changes_do_not_count(site: Site) -> None:
    await record(site)
    plan = (site.path / "sqitch.plan").read_text().replace("project=demo", "project=other")
    (site.path / "sqitch.plan").write_text(plan)
    assert set((await site.states()).values()) == {"pending"}


async def test_a_registry_from_before_hashes_were_kept(site: Site) -> None:
    await record(site)
    async with site.session.writing(agreed(site.session.target)) as writer:
        await writer.execute("ALTER TABLE sqitch.changes DROP script_hash")
    assert await site.states() == {"people": "applied", "ada": "applied", "age": "pending"}


def start(session: Session, path: Path) -> Path:
    """Have the real Sqitch make a project: dependencies, a tag, a reworked change, notes with signs of all kinds."""
    target = session.target
    tools.sqitch(target, path, "init", "demo", "--engine", "pg", "--uri", "HTTPS://Example.org/demo")
    tools.sqitch(target, path, "add", "people", "-n", "The people, “all”; # 1\nand \\more")
    tools.sqitch(target, path, "add", "orders", "--requires", "people", "--conflicts", "app/age", "-n", "Orders.")
    tools.sqitch(target, path, "tag", "v1", "-n", "first")
    tools.sqitch(target, path, "rework", "people", "-n", "again")
    tools.sqitch(target, path, "add", "app/age", "--requires", "people@v1", "--requires", "orders", "-n", "deep")
    for name, up, down in (
        ("people@v1", "CREATE TABLE public.people (id int);", "DROP TABLE public.people;"),
        ("people", "ALTER TABLE public.people ADD name text;", "ALTER TABLE public.people DROP name;"),
        ("orders", "CREATE TABLE public.orders (id int);", "DROP TABLE public.orders;"),
        ("app/age", "ALTER TABLE public.people ADD age int;", "ALTER TABLE public.people DROP age;"),
    ):
        (path / "deploy" / f"{name}.sql").write_text(f"BEGIN;\n{up}\nCOMMIT;\n")
        (path / "revert" / f"{name}.sql").write_text(f"BEGIN;\n{down}\nCOMMIT;\n")
        (path / "verify" / f"{name}.sql").write_text("BEGIN;\nSELECT 1;\nROLLBACK;\n")
    return path


@pytest.mark.slow
@pytest.mark.tool
async def test_sqitch_deploys_and_we_agree(session: Session, tmp_path: Path) -> None:
    site, address = Site(start(session, tmp_path), session), tools.deployed(session.target)
    assert list((await site.states()).values()) == ["pending"] * 4
    tools.sqitch(session.target, tmp_path, "deploy", "--to", "orders", address)
    assert await site.states() == {
        "people@v1": "applied", "orders": "applied", "people": "pending", "app/age": "pending",
    }  # fmt: skip
    tools.sqitch(session.target, tmp_path, "deploy", address)
    assert "up-to-date" in tools.sqitch(session.target, tmp_path, "status", address)
    chosen = await site.chosen()
    recorded = await chosen.ledger.read(session)
    # All IDs are as Sqitch makes them, and so are the hashes of the scripts.
    assert recorded.notes == ()
    assert set((await site.states()).values()) == {"applied"}
    [rows] = await session.read(_ids())
    assert [each.id for each in sqitch_plan.read(tmp_path / "sqitch.plan").changes] == [id for (id,) in rows]
    tools.sqitch(session.target, tmp_path, "revert", "-y", "--to", "@HEAD^", address)
    assert (await site.states())["app/age"] == "pending"
    entries = (await history.read(session)).entries
    assert [(each.version, each.outcome) for each in entries[:2]] == [
        ("app/age", "rolled_back"),
        ("app/age", "applied"),
    ]
    assert "Theo T <theo@example.org> with sqitch" in {each.by for each in entries}


@pytest.mark.slow
@pytest.mark.tool
async def test_what_sqitch_finds_changed_we_find_changed(session: Session, tmp_path: Path) -> None:
    site, address = Site(start(session, tmp_path), session), tools.deployed(session.target)
    (tmp_path / "deploy" / "app" / "age.sql").write_text("SELECT 1/0;\n")
    tools.sqitch(session.target, tmp_path, "deploy", "--mode", "change", address, fails=True)
    assert (await site.states())["app/age"] == "pending"
    assert (await history.read(session)).entries[0].outcome == "failed"
    (tmp_path / "deploy" / "orders.sql").write_text("-- another\n")
    assert (await site.states())["orders"] == "edited"
    plan = (tmp_path / "sqitch.plan").read_text()
    (tmp_path / "sqitch.plan").write_text(plan.replace("# again", "# once more"))
    chosen = await site.chosen()
    recorded = await chosen.ledger.read(session)
    assert "from people on" in recorded.notes[0]
    assert "Cannot find this change" in tools.sqitch(session.target, tmp_path, "status", address, fails=True)


@pytest.mark.slow
@pytest.mark.tool
async def test_a_registry_of_another_name(session: Session, tmp_path: Path) -> None:
    from console.config.profile import Profile

    start(session, tmp_path)
    tools.sqitch(session.target, tmp_path, "deploy", "--registry", "meta", tools.deployed(session.target))
    site = Site(tmp_path, session, Profile("p", ledger_table="meta.changes"))
    assert set((await site.states()).values()) == {"applied"}


def _ids():  # type: ignore[no-untyped-def]
    from console.db.query import Query

    return Query("SELECT change_id FROM sqitch.changes ORDER BY committed_at")


async def test_sides_are_laid_without_our_schema(site: Site) -> None:
    await record(site)
    chosen = await choose(site.session, formats.read(site.path))
    found = standings(chosen.folder, await chosen.ledger.read(site.session))
    assert [each.applied.checksum for each in found if each.applied] == [
        each.migration.checksum for each in found if each.applied and each.migration
    ]
