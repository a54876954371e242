"""yoyo: files of SQL and Python that are not run, its tables, and the real yoyo as the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations import history
from console.migrations.files import formats, yoyo
from tests.migrations.foreign import Site
from tests.migrations.formats import tools
from tests.migrations.formats.bookkeeping import fill
from tests.migrations.own_tools import OWN
from tests.migrations.project import agreed


@pytest.mark.parametrize(
    ("files", "mine"),
    [
        ({"0001.a.sql": "SELECT 1", "0001.a.rollback.sql": "SELECT 1"}, True),
        ({"0001.a.sql": "-- A word.\n\n-- depends: 0000.z\nSELECT 1"}, True),
        ({"20240101_01_AbCdE-a.py": "from yoyo import step\nstep('SELECT 1')"}, True),
        ({"0001.a.py": "import yoyo\n"}, True),
        ({"0001.a.sql": "SELECT 1;\n-- depends: b"}, False),
        ({"0001.a.py": "print('from yoyo')"}, False),
        ({"a.rollback.sql": "SELECT 1"}, False),
        ({"20240101000000_a.sql": "SELECT 1"}, False),
    ],
)
def test_a_folder_is_recognised_by_its_marks(tmp_path: Path, files: dict[str, str], *, mine: bool) -> None:
    fill(tmp_path, files)
    assert (formats.detect(tmp_path).format == "yoyo") is mine


def test_what_is_needed_comes_before(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "a.sql": "-- depends: c\n-- depends: b\nSELECT 1",
            "b.py": "__depends__ = ['c']\nfrom yoyo import step\n",
            "c.sql": "SELECT 1",
            "c.rollback.sql": "SELECT 2",
            "post-apply.sql": "SELECT 3",
            "__init__.py": "",
            "d.py": '"""x"""\n__depends__ = {}\n',
        },
    )
    folder = yoyo.scan(tmp_path, {})
    assert [(each.version, each.down is not None) for each in folder.migrations] == [
        ("c", True), ("b", True), ("a", False), ("d", True),
    ]  # fmt: skip
    assert folder.findings == ()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a.py": "__depends__ = names()\n"}, "its __depends__ is no plain value"),
        ({"a.py": "__depends__ = 7\n"}, "its __depends__ is no plain value"),
        ({"a.sql": "-- depends: b\n", "b.sql": "-- depends: a\n"}, "in a circle"),
        ({"a.sql": "", "a.py": ""}, "One version is there 2 times"),
        ({"a.sql": "\x00"}, "zero byte"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    fill(tmp_path, files)
    fatal = [finding.sentence for finding in yoyo.scan(tmp_path, {}).findings if finding.fatal]
    assert any(sentence in said for said in fatal)


def test_a_lost_need_is_said(tmp_path: Path) -> None:
    fill(tmp_path, {"a.sql": "-- depends: gone\n"})
    [finding] = yoyo.scan(tmp_path, {}).findings
    assert (finding.fatal, finding.sentence) == (False, "a needs gone, of which there is no file.")


@pytest.fixture
def site(tmp_path: Path, session: Session) -> Site:
    """Return a project of three migrations, and its session."""
    OWN["yoyo"].make(tmp_path)
    return Site(tmp_path / "migrations", session)


async def test_what_the_ledger_says(site: Site) -> None:
    async with site.session.writing(agreed(site.session.target)) as writer:
        for statement in OWN["yoyo"].records(site.path):
            await writer.execute(statement)
    fill(site.path, {"0000.early.sql": "SELECT 1"})
    (site.path / "0001.people.sql").rename(site.path / "0001.persons.sql")
    assert await site.states() == {
        "0000.early": "out_of_order",
        "0001.persons": "out_of_order",
        "0002.ada": "applied",
        "0003.age": "pending",
        "0001.people": "missing",
    }


@pytest.mark.slow
@pytest.mark.tool
async def test_yoyo_applies_and_we_agree(site: Site) -> None:
    target, folder = site.session.target, site.path
    tools.yoyo(target, folder, "apply", "--revision", "0002.ada")
    assert await site.states() == {"0001.people": "applied", "0002.ada": "applied", "0003.age": "pending"}
    tools.yoyo(target, folder, "apply")
    assert set((await site.states()).values()) == {"applied"}
    assert (await site.recorded()).notes == ()
    tools.yoyo(target, folder, "rollback", "--revision", "0003.age")
    assert (await site.states())["0003.age"] == "pending"
    tools.yoyo(target, folder, "mark", "--revision", "0003.age")
    assert (await site.states())["0003.age"] == "applied"
    found = (await history.read(site.session, limit=3)).entries
    assert [(each.version, each.outcome) for each in found] == [
        ("0003.age", "adopted"), ("0003.age", "rolled_back"), ("0003.age", "applied"),
    ]  # fmt: skip
    assert found[0].by.endswith(" with yoyo")


@pytest.mark.slow
@pytest.mark.tool
async def test_a_lock_that_stayed_is_said(site: Site) -> None:
    target, folder = site.session.target, site.path
    tools.yoyo(target, folder, "apply")
    async with site.session.writing(agreed(target)) as writer:
        await writer.execute("INSERT INTO yoyo_lock (locked, ctime, pid) VALUES (1, now(), 4711)")
    [note] = (await site.recorded()).notes
    assert "process 4711" in note
    tools.yoyo(target, folder, "break-lock")
    assert (await site.recorded()).notes == ()
