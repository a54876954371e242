"""Django: `app/migrations/0001_initial.py` of one app, or of all apps below the folder of manage.py; never run.

A migration is called `app.0001_initial`, as Django calls it. The order is that of the dependencies which a file lists
as plain strings, else that of the names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, graph, native, reading
from console.migrations.files.folder import Folder, Migration, Places, Script
from console.migrations.files.own_tool import OwnTool

FORMAT = "django"
TOP = "manage.py"
TOOL = OwnTool(
    name="Django",
    up="python manage.py migrate",
    down="python manage.py migrate APP MIGRATION",
    redo="python manage.py migrate APP MIGRATION && python manage.py migrate APP",
    new="python manage.py makemigrations --empty APP",
    adopt="python manage.py migrate --fake",
)
_FOLDER, _APPS = "migrations", "apps.py"
_CALLED = "NNNN_name.py"
_FILE = re.compile(r"[A-Za-z0-9]\w*\.py")
_MARK = re.compile(r"^class[ \t]+Migration\((?:[\w.]*\.)?Migration\):", re.MULTILINE)
_LABEL = re.compile(r"""^[ \t]+(?P<key>label|name)[ \t]*=[ \t]*["'](?P<name>[\w.]+)["']""", re.MULTILINE)
_LISTED = r"^[ \t]+{}[ \t]*(?::[^=\n]*)?=[ \t]*[\[(](?P<items>[^\]]*)\]?"
_NEEDS = re.compile(_LISTED.format("dependencies"), re.MULTILINE)
_REPLACES = re.compile(_LISTED.format("replaces"), re.MULTILINE)
_PAIR = re.compile(r"""\([ \t\n]*["'](?P<app>\w+)["'][ \t\n]*,[ \t\n]*["'](?P<name>\w+)["'][ \t\n]*,?[ \t\n]*\)""")
_DEEPEST = 4  # folders below manage.py
_NOT_LOOKED_INTO = frozenset({"node_modules", "site-packages", "venv", "env", "static", "templates"})
_LOOKED_AT = 5


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder is that of an app's migrations, or has manage.py in it and such folders below."""
    if TOP in names:
        return any(True for _ in _apps(path))
    return any(_says(path / name) for name in [name for name in names if _FILE.fullmatch(name)][:_LOOKED_AT])


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; Django fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = reading.listing(path)
    folders = list(_apps(path)) if any(entry.name == TOP for entry in entries) else [path]
    files = [entry for folder in sorted(folders) for entry in reading.listing(folder) if _FILE.fullmatch(entry.name)]
    migrations, findings = by_name.gather([entry for entry in files if _says(entry)], _migration)
    findings += complaints.duplicates(migrations, str)
    known = {migration.version: migration for migration in migrations}
    requires = {version: needs(each.up.text) & known.keys() for version, each in known.items()}
    try:
        order = graph.ordered(requires)
    except BadMigrations as error:
        order = ()
        findings.append(complaints.broken(error, path))
    if not migrations and not findings:
        findings.append(complaints.empty(path, _CALLED))
    found = tuple(known[version] for version in order)
    return Folder(path, FORMAT, found, Places(order), None, tuple(findings), tool=TOOL, requires=requires)


def needs(text: str) -> frozenset[str]:
    """Return what a migration names as its dependencies, as far as they are plain strings.

    >>> sorted(needs("class Migration(M):\\n    dependencies = [('a', '0001_b'), ('c', '0002_d')]\\n"))
    ['a.0001_b', 'c.0002_d']
    """
    return _pairs(_NEEDS, text)


def replaces(text: str) -> frozenset[str]:
    """Return the migrations for which a squashed one stands."""
    return _pairs(_REPLACES, text)


def _pairs(listed: re.Pattern[str], text: str) -> frozenset[str]:
    found = listed.search(text)
    return (
        frozenset(f"{pair['app']}.{pair['name']}" for pair in _PAIR.finditer(found["items"])) if found else frozenset()
    )


def _migration(path: Path) -> Migration:
    text = reading.text(path)
    version = f"{_label(path.parent)}.{path.stem}"
    script = Script(path, text)
    return Migration(version, "", native.checksum(text), script, script, unsupported=TOOL.reason)


def _label(folder: Path) -> str:
    """Return what Django calls the app of a folder of migrations: what its apps.py says, else its folder's name."""
    app = folder.resolve().parent
    said = {match["key"]: match["name"] for match in _LABEL.finditer(_text(app / _APPS))}
    return said.get("label") or said.get("name", app.name).rpartition(".")[2]


def _apps(top: Path) -> Iterator[Path]:
    """Yield the folders of migrations below a folder; hidden ones, environments and what they hold are left out."""
    for place, folders, _ in os.walk(top):
        here = Path(place)
        deep = len(here.relative_to(top).parts) >= _DEEPEST
        folders[:] = [] if deep else sorted(name for name in folders if _is_looked_into(here / name))
        if _FOLDER in folders:
            folders.remove(_FOLDER)
            if any(_says(entry) for entry in reading.listing(here / _FOLDER) if _FILE.fullmatch(entry.name)):
                yield here / _FOLDER


def _is_looked_into(folder: Path) -> bool:
    return not (folder.name.startswith(".") or folder.name in _NOT_LOOKED_INTO or (folder / "pyvenv.cfg").exists())


def _says(path: Path) -> bool:
    return _MARK.search(_text(path)) is not None


def _text(path: Path) -> str:
    try:
        return reading.text(path)
    except BadMigrations:
        return ""
