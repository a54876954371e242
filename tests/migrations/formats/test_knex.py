"""Knex: files of JavaScript that are never run, its table with batches and its lock, and the real Knex as the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations import history
from console.migrations.files import formats, knex
from tests.migrations.foreign import Site
from tests.migrations.formats import tools
from tests.migrations.own_tools import OWN
from tests.migrations.project import agreed

JS = "exports.up = (knex) => knex.schema.createTable('t', () => {});\n"


@pytest.mark.parametrize(
    ("name", "text", "mine"),
    [
        ("20240101_a.js", JS, True),
        ("20240101_a.cjs", "exports.up = async function (Knex) {}", True),
        ("20240101_a.ts", 'import type { Knex } from "knex";\nexport async function up(k: Knex) {}', True),
        ("20240101-a.mjs", "export const up = (knex) => {}", True),
        ("a.js", JS, False),
        ("20240101_a.d.ts", JS, False),
        ("20240101_a.js", "exports.up = (pgm) => pgm.sql('SELECT 1')", False),
        ("20240101_a.js", "module.exports = { up: (queryInterface) => {} }", False),
        ("20240101_a.js", "exports.seed = (knex) => {}", False),
    ],
)
def test_a_folder_is_recognised_by_what_its_files_say(tmp_path: Path, name: str, text: str, *, mine: bool) -> None:
    (tmp_path / name).write_text(text)
    assert knex.recognises(tmp_path, [name]) is mine
    assert (formats.detect(tmp_path).format == "knex") is mine


def test_the_order_is_that_of_whole_names(tmp_path: Path) -> None:
    for name in ("20240102_b.js", "20240101_a.ts", "10_c.js", "9_d.js", "util.js", "x.d.ts", "readme.md"):
        (tmp_path / name).write_text(JS)
    folder = formats.read(tmp_path)
    assert [each.version for each in folder.migrations] == [
        "10_c.js", "20240101_a.ts", "20240102_b.js", "9_d.js", "util.js",
    ]  # fmt: skip
    assert [each.sentence for each in folder.findings] == [
        "x.d.ts is not used here; Knex itself may take it for a migration."
    ]


@pytest.mark.parametrize(
    ("text", "down"),
    [
        (JS, False),
        (JS + "exports.down = (knex) => {}", True),
        ("export async function down(knex) {}", True),
        ("module.exports = { up: 1, down: 2 }", True),
        ("// shut down", False),
    ],
)
def test_whether_there_is_a_way_back(tmp_path: Path, text: str, *, down: bool) -> None:
    (tmp_path / "1_a.js").write_text(text)
    assert (knex.scan(tmp_path, {}).migrations[0].down is not None) is down


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"exports.up = \x00"])
def test_a_file_that_is_no_text_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1_a.js").write_text(JS)
    (tmp_path / "2_b.js").write_bytes(content)
    assert [each.fatal for each in formats.scan(tmp_path).findings] == [True]


@pytest.fixture
def site(tmp_path: Path, session: Session) -> Site:
    """Return a project of three migrations, and its session."""
    OWN["knex"].make(tmp_path)
    return Site(tmp_path / "migrations", session)


async def test_what_the_ledger_says(site: Site) -> None:
    async with site.session.writing(agreed(site.session.target)) as writer:
        for statement in OWN["knex"].records(site.path):
            await writer.execute(statement)
    (site.path / "20240101_people.js").rename(site.path / "20240101_people.ts")
    (site.path / "20240101_early.js").write_text(JS)
    assert await site.states() == {
        "20240101_early.js": "out_of_order",
        "20240101_people.ts": "out_of_order",
        "20240102_ada.js": "applied",
        "20240103_age.js": "pending",
        "20240101_people.js": "missing",
    }
    found = (await site.recorded()).applied
    assert [(each.batch, each.applied_at is not None) for each in found] == [(1, True), (2, True)]


@pytest.mark.slow
@pytest.mark.tool
async def test_knex_migrates_and_we_agree(site: Site) -> None:
    target, project = site.session.target, site.path.parent
    tools.knex(target, project, "migrate:up")
    tools.knex(target, project, "migrate:latest")
    assert set((await site.states()).values()) == {"applied"}
    recorded = await site.recorded()
    assert ([each.batch for each in recorded.applied], recorded.notes) == ([1, 2, 2], ())
    assert "No Pending Migration files Found" in tools.knex(target, project, "migrate:list")
    tools.knex(target, project, "migrate:down")
    assert list((await site.states()).values()) == ["applied", "applied", "pending"]
    assert [each.version for each in (await history.read(site.session)).entries] == [
        "20240102_ada.js",
        "20240101_people.js",
    ]
    (site.path / "20240101_people.js").unlink()
    assert (await site.states())["20240101_people.js"] == "missing"
    assert "following files are missing" in tools.knex(target, project, "migrate:latest", fails=True)


@pytest.mark.slow
@pytest.mark.tool
async def test_a_lock_that_stayed_is_said(site: Site) -> None:
    target, project = site.session.target, site.path.parent
    tools.knex(target, project, "migrate:up")
    async with site.session.writing(agreed(target)) as writer:
        await writer.execute("UPDATE knex_migrations_lock SET is_locked = 1")
    assert "already locked" in tools.knex(target, project, "migrate:latest", fails=True)
    [note] = (await site.recorded()).notes
    assert "knex migrate:unlock" in note
    tools.knex(target, project, "migrate:unlock")
    assert (await site.recorded()).notes == ()
