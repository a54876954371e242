"""An edited file where the ledger keeps the text that was applied: status and repair show the change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.migrations import edited
from console.migrations.files.folder import Migration, Script
from tests.cli import shapes
from tests.cli.console import Console
from tests.migrations.foreign import make


@pytest.fixture
def file(console: Console, here: str, workplace: Path) -> Path:
    """Return the file of an applied migration that has been edited since, in a project of Supabase."""
    make(workplace / "migrations", "supabase")
    assert console("up", here, "--yes").code == 0
    path = workplace / "migrations" / "20240101000003_age.sql"
    path.write_text("-- Ages.\n\nALTER TABLE public.people ADD age bigint;\nSELECT '\x1b[31m';")
    return path


def test_status_says_so_and_shows_it(console: Console, here: str, file: Path) -> None:
    said = " ".join(console("status", here).out.split())
    assert "status --diff shows the difference" in said
    assert "-ALTER TABLE" not in said
    lines = [line.strip() for line in console("status", here, "--diff").out.splitlines()]
    at = lines.index("--- applied")
    assert lines[at : at + 7] == [
        "--- applied",
        "+++ in the file now",
        "@@ -1 +1,4 @@",
        "-ALTER TABLE public.people ADD age int;",
        "+-- Ages.",
        "+",
        "+ALTER TABLE public.people ADD age bigint;",
    ]
    assert lines[at + 7] == "+SELECT '␛[31m';"


def test_the_documents_have_it(console: Console, here: str, file: Path) -> None:
    document = console("status", here, "--json").document
    shapes.check("status", document)
    changed = [each["difference"] for each in document["migrations"]]
    assert changed[:2] == [None, None]
    assert changed[2].splitlines()[3] == "-ALTER TABLE public.people ADD age int;"
    planned = console("repair", here, "--dry-run", "--json").document
    shapes.check("repair", planned)
    assert planned["repairs"][0]["difference"] == changed[2]


def test_repair_shows_it_before_it_asks(console: Console, here: str, file: Path) -> None:
    done = console("repair", here, "--dry-run")
    assert "    +ALTER TABLE public.people ADD age bigint;" in done.err.splitlines()
    assert console("repair", here, "--yes").code == 0
    assert console("status", here, "--diff", "--check").code == 0


def test_it_is_shown_of_one_target(console: Console, file: Path, profile: Callable[..., str]) -> None:
    done = console("status", profile("a"), profile("b"), "--diff")
    assert done.code == 2
    assert "--diff" in done.err


@pytest.mark.parametrize(
    ("kept", "now", "shown"),
    [
        ("SELECT 1;\nSELECT 2;\n", "SELECT 1;\n\n\nSELECT 2", ""),
        ("SELECT 1;\n", "SELECT 1;\nSELECT 2;", " SELECT 1;\n+SELECT 2;"),
        ("SELECT 1;\nSELECT 2;\n", "SELECT 2;", "-SELECT 1;\n SELECT 2;"),
        ("SELECT 1;\n", "", "-SELECT 1;"),
    ],
)
def test_only_statements_count(kept: str, now: str, shown: str) -> None:
    found = edited.difference(kept, _migration(now))
    assert "\n".join(found.split("\n")[3:]) == shown


def test_a_very_long_file_is_compared_at_once() -> None:
    kept = "".join(f"SELECT {number};\n" for number in range(20_000))
    found = edited.difference(kept, _migration(kept.replace("SELECT 7;", "SELECT 8;"))).split("\n")
    assert found[2] == "@@ -1,20000 +1,20000 @@"
    assert len(found) == 40_003


def _migration(text: str) -> Migration:
    return Migration("1", "a", "", Script(Path("1_a.sql"), text))
