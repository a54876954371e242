"""Alembic: a graph of Python files that are never run, its table of heads, and the real Alembic as the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import BadMigrations
from console.migrations.files import alembic, formats
from console.migrations.files.folder import Folder
from tests.migrations.foreign import Site
from tests.migrations.formats import tools
from tests.migrations.own_tools import OWN
from tests.migrations.project import agreed


def revision(path: Path, name: str, before: object = None, body: str = "pass", **more: object) -> None:
    """Write a revision into a folder of versions."""
    path.mkdir(parents=True, exist_ok=True)
    lines = [f'"""About {name}."""', "from alembic import op", f"revision = {name!r}", f"down_revision = {before!r}"]
    lines += [f"{key} = {value!r}" for key, value in more.items()]
    lines += ["", f"def upgrade():\n    {body}", "", "def downgrade():\n    pass", ""]
    (path / f"{name}_x.py").write_text("\n".join(lines))


def scan(path: Path) -> Folder:
    return alembic.scan(path, {})


@pytest.mark.parametrize("below", [".", "alembic", "alembic/versions"])
def test_it_is_found_from_the_top_and_from_within(tmp_path: Path, below: str) -> None:
    OWN["alembic"].make(tmp_path)
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/alembic\n")
    folder = formats.read(tmp_path / below)
    assert (folder.format, folder.findings) == ("alembic", ())
    assert [(each.version, each.name) for each in folder.migrations] == [
        ("r1", "About people."), ("r2", "About ada."), ("r3", "About age."),
    ]  # fmt: skip
    first = folder.migrations[0]
    assert first.down is not None
    assert first.down.text.lstrip("\n").startswith("def downgrade")
    assert first.down.text.count("\n") == first.up.text.count("\n")


def test_a_graph_is_laid_out_so_that_all_comes_after_what_it_needs(tmp_path: Path) -> None:
    revision(tmp_path, "a9")
    revision(tmp_path, "b1", "a9")
    revision(tmp_path, "b2", ("a9",))
    revision(tmp_path, "c1", ("b1", "b2"))
    revision(tmp_path, "a0", None, depends_on="c1")
    folder = scan(tmp_path)
    assert [each.version for each in folder.migrations] == ["a9", "b1", "b2", "c1", "a0"]
    assert [finding.sentence for finding in folder.findings] == [
        "There are 2 heads: a0, c1. “alembic merge heads” joins them, “upgrade heads” applies all."
    ]


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ('revision = "a"\ndown_revision = None\n', ["a"]),
        ("revision: str = 'a'  # why\ndown_revision: Union[str, None] = None\n", ["a"]),
        ('"""revision = \'no\'\n\nrevision = \'no\'\n"""\nrevision = "a"\ndown_revision = None\n', ["a"]),
        ("\ufeffrevision = 'a'\r\ndown_revision = None\r\n", ["a"]),
        ("revision = (\n    'a'\n)\ndown_revision = [\n]\n", ["a"]),
        ("class Python314[T: (int := 1)]: ...\nrevision = 'a'\ntype X = int\ndown_revision = None", ["a"]),
        ("# env\nimport os\n", []),
    ],
)
def test_what_projects_have_is_read(tmp_path: Path, text: str, versions: list[str]) -> None:
    (tmp_path / "x.py").write_text(text)
    revision(tmp_path, "zz")
    assert [each.version for each in scan(tmp_path).migrations if each.version != "zz"] == versions


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"revision = make()\ndown_revision = None\n", "its revision is no plain value"),
        (b"revision = 'a'\ndown_revision = other.revision\n", "its down_revision is no plain value"),
        (b"revision = 'a'\ndown_revision = 7\n", "its down_revision is neither"),
        (b"revision = None\ndown_revision = None\n", "its revision is no plain string"),
        (b"revision = " + b"(" * 100_000 + b")" * 100_000 + b"\ndown_revision = None\n", "no plain value"),
        (b"revision = " + b"-" * 19_000 + b"1\ndown_revision = None\n", "no plain"),
        (b"revision = '\\d'\ndown_revision = None\n", "no plain value"),
        (b"revision = 'a\xff'\n", "is not UTF-8"),
        (b"revision = 'a'\x00\n", "zero byte"),
        (b"revision = 'a'\ndown_revision = 'b'\n", "in a circle: a → b → a"),
        (b"revision = 'b'\ndown_revision = None\n", "One version is there 2 times"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes, sentence: str) -> None:
    revision(tmp_path, "b", "a")
    (tmp_path / "a.py").write_bytes(content)
    fatal = [finding.sentence for finding in scan(tmp_path).findings if finding.fatal]
    assert any(sentence in said for said in fatal), fatal


def test_no_file_is_run(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("raise SystemExit(3)\nrevision = 'a'\ndown_revision = None\n")
    assert [each.version for each in formats.read(tmp_path).migrations] == ["a"]


def test_a_named_pipe_and_a_way_out_are_no_files(tmp_path: Path) -> None:
    revision(tmp_path / "versions", "a")
    outside = tmp_path / "secret.py"
    outside.write_text("revision = 'b'\n")
    (tmp_path / "versions" / "b.py").symlink_to(outside)
    fatal = [finding.sentence for finding in scan(tmp_path).findings if finding.fatal]
    assert fatal == ["b.py is a symbolic link that leads out of its folder."]


def test_what_is_odd_is_said(tmp_path: Path) -> None:
    revision(tmp_path, "a", "gone")
    revision(tmp_path, "b" * 33, "a")
    (tmp_path / "common.py").write_text("NAMES = []\n")
    found = scan(tmp_path)
    assert [(each.fatal, each.sentence) for each in found.findings] == [
        (False, "common.py is not used: it sets no revision."),
        (False, "a_About a. comes after gone, of which there is no file."),
        (False, f"{'b' * 33} is longer than the 32 characters that Alembic's table takes."),
    ]


def test_an_empty_folder_of_versions(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "env.py").write_text("")
    assert formats.detect(tmp_path).format == "alembic"
    with pytest.raises(BadMigrations, match="There is no migration"):
        formats.read(tmp_path)


async def heads(session: Session, *names: str) -> None:
    async with session.writing(agreed(session.target)) as writer:
        await writer.execute("CREATE TABLE IF NOT EXISTS public.alembic_version (version_num varchar(32) PRIMARY KEY)")
        await writer.execute("DELETE FROM public.alembic_version")
        for name in names:
            await writer.execute(f"INSERT INTO public.alembic_version VALUES ('{name}')")


@pytest.mark.parametrize(
    ("names", "pending"),
    [
        ((), {"a", "b1", "b2", "m", "side"}),
        (("a",), {"b1", "b2", "m", "side"}),
        (("b1",), {"b2", "m", "side"}),
        (("b1", "b2"), {"m", "side"}),
        (("m",), {"side"}),
        (("side",), {"b2", "m"}),
        (("m", "side"), set()),
    ],
)
async def test_what_comes_before_a_head_is_applied(
    tmp_path: Path, session: Session, names: tuple[str, ...], pending: set[str]
) -> None:
    revision(tmp_path, "a")
    revision(tmp_path, "b1", "a")
    revision(tmp_path, "b2", "a")
    revision(tmp_path, "m", ("b1", "b2"))
    revision(tmp_path, "side", None, depends_on=("b1",))
    await heads(session, *names)
    states = await Site(tmp_path, session).states()
    assert {version for version, state in states.items() if state == "pending"} == pending
    assert set(states.values()) <= {"pending", "applied"}


async def test_a_head_without_a_file_is_missing_and_what_it_hides_is_said(tmp_path: Path, session: Session) -> None:
    revision(tmp_path, "a")
    revision(tmp_path, "b", "a")
    await heads(session, "a", "gone")
    site = Site(tmp_path, session)
    assert await site.states() == {"a": "applied", "b": "pending", "gone": "missing"}
    [note] = (await site.recorded()).notes
    assert "1 revision without a file (gone)" in note


def start(path: Path) -> Path:
    """Write a project of two branches and their merge."""
    folder = path / "alembic" / "versions"
    revision(folder, "a1", None, 'op.execute("CREATE TABLE IF NOT EXISTS public.a (id int)")')
    revision(folder, "b1", "a1", 'op.execute("CREATE TABLE IF NOT EXISTS public.b (id int)")')
    revision(folder, "b2", "a1")
    revision(folder, "c1", ("b1", "b2"))
    revision(folder, "d1", None, depends_on="b1", branch_labels=("other",))
    return path


@pytest.mark.slow
@pytest.mark.tool
async def test_alembic_upgrades_and_we_agree(session: Session, tmp_path: Path) -> None:
    site, target = Site(start(tmp_path), session), session.target
    tools.alembic(target, tmp_path, "upgrade", "b1")
    assert await site.states() == {"a1": "applied", "b1": "applied", "b2": "pending", "c1": "pending", "d1": "pending"}
    tools.alembic(target, tmp_path, "upgrade", "other@head")
    assert await site.states() == {"a1": "applied", "b1": "applied", "b2": "pending", "c1": "pending", "d1": "applied"}
    tools.alembic(target, tmp_path, "upgrade", "heads")
    assert set((await site.states()).values()) == {"applied"}
    tools.alembic(target, tmp_path, "current", "--check-heads")
    tools.alembic(target, tmp_path, "downgrade", "other@base")
    assert {each for each, state in (await site.states()).items() if state == "pending"} == {"d1"}
    tools.alembic(target, tmp_path, "downgrade", "a1")
    assert {each for each, state in (await site.states()).items() if state == "applied"} == {"a1"}
    tools.alembic(target, tmp_path, "upgrade", "heads")
    (tmp_path / "alembic" / "versions" / "d1_x.py").unlink()
    assert (await site.states())["d1"] == "missing"
    assert "Can't locate revision" in tools.alembic(target, tmp_path, "upgrade", "heads", fails=True)


@pytest.mark.slow
@pytest.mark.tool
def test_files_that_alembic_makes_are_read(session: Session, tmp_path: Path) -> None:
    start(tmp_path)
    template = next((tools.ROOT / "alembic" / "lib").rglob("templates/generic/script.py.mako"))
    (tmp_path / "alembic" / "script.py.mako").write_text(template.read_text())
    tools.alembic(session.target, tmp_path, "merge", "-m", "join “all”", "--rev-id", "e1", "heads")
    tools.alembic(session.target, tmp_path, "revision", "-m", "more", "--rev-id", "f1", "--depends-on", "a1")
    folder = formats.read(tmp_path)
    assert folder.findings == ()
    assert [(each.version, each.name) for each in folder.migrations][-2:] == [("e1", "join “all”"), ("f1", "more")]
    assert folder.requires["e1"] == {"c1", "d1"}
    assert folder.requires["f1"] == {"e1", "a1"}
