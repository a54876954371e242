"""Alembic: Python files with `revision` and `down_revision`, a graph of them; read as text, never run.

The folder is `versions/` itself, the one that it stands in (with env.py), or one with an alembic.ini that leads there.
A file's message is the first line of its docstring.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, graph, literals, native, reading
from console.migrations.files.folder import Finding, Folder, Migration, Places, Script
from console.migrations.files.own_tool import OwnTool
from console.text import sanitize

FORMAT = "alembic"
TOOL = OwnTool(
    name="Alembic",
    up="alembic upgrade head",
    down="alembic downgrade -1",
    redo="alembic downgrade -1 && alembic upgrade +1",
    new="alembic revision -m NAME",
    adopt="alembic stamp REVISION",
)
_VERSIONS, _INI = "versions", "alembic.ini"
_AROUND = ("env.py", "script.py.mako")  # what stands beside versions/
_FILE = re.compile(r"(?!__init__)[^.].*\.py", re.DOTALL)
_LOCATION = re.compile(r"^script_location[ \t]*=[ \t]*(?P<path>[^\r\n]+)", re.MULTILINE)
_MARK = re.compile(r"^down_revision[ \t]*(?::[^=\n]*)?=", re.MULTILINE)
_DOWN = re.compile(r"^(?:async[ \t]+)?def[ \t]+downgrade\b", re.MULTILINE)
_LONGEST = 32  # characters that the ledger takes
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class _Revision:
    migration: Migration
    before: tuple[str, ...]  # down_revision, in the file's own order
    needs: tuple[str, ...]  # depends_on

    @property
    def name(self) -> str:
        return self.migration.version


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is Alembic's, by what stands beside versions/ or by its first files."""
    folder = _versions(path, names)
    if folder is None:
        return False
    if folder != path and any((folder.parent / name).is_file() for name in _AROUND):
        return True
    files = [name for name in reading.names(folder) if _FILE.fullmatch(name)]
    return any(_says(folder / name) for name in files[:_LOOKED_AT])


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; Alembic fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    folder = _versions(path, reading.names(path)) or path
    revisions, findings = _gather(folder)
    findings += complaints.duplicates([each.migration for each in revisions], str)
    known = {each.name: each for each in revisions}
    findings += [_lost(each, other) for each in revisions for other in each.before if other not in known]
    findings += [_too_long(each) for each in revisions if len(each.name) > _LONGEST]
    requires = {each.name: frozenset(_resolved((*each.before, *each.needs), known)) for each in known.values()}
    findings += _heads(known, folder)
    try:
        order = graph.ordered(requires)
    except BadMigrations as error:
        order = ()
        findings.append(complaints.broken(error, folder))
    if not revisions and not findings:
        findings.append(complaints.empty(folder, "<revision>_name.py"))
    migrations = tuple(known[name].migration for name in order)
    return Folder(path, FORMAT, migrations, Places(order), None, tuple(findings), tool=TOOL, requires=requires)


def _versions(path: Path, names: Sequence[str]) -> Path | None:
    """Return the folder with the revisions, None where there can be none."""
    if _VERSIONS in names and (path / _VERSIONS).is_dir():
        return path / _VERSIONS
    if _INI in names:
        found = _of_ini(path)
        if found is not None:
            return found
    return path if any(name.endswith(".py") for name in names) else None


def _of_ini(path: Path) -> Path | None:
    try:
        said = _LOCATION.search(reading.text(path / _INI))
    except BadMigrations:
        return None
    if said is None:
        return None
    place = Path(said["path"].strip().replace("%(here)s", ".")) / _VERSIONS
    inside = not place.is_absolute() and ".." not in place.parts
    return path / place if inside and (path / place).is_dir() else None


def _says(path: Path) -> bool:
    try:
        return _MARK.search(reading.text(path)) is not None
    except BadMigrations:
        return False


def _gather(folder: Path) -> tuple[list[_Revision], list[Finding]]:
    revisions: list[_Revision] = []
    findings: list[Finding] = []
    for entry in reading.listing(folder):
        if not _FILE.fullmatch(entry.name) or entry.is_dir():
            continue
        try:
            revisions.append(_revision(entry))
        except KeyError:
            sentence = f"{sanitize(entry.name)} is not used: it sets no revision."
            findings.append(Finding(sentence, entry))
        except BadMigrations as error:
            findings.append(complaints.broken(error, entry))
    return revisions, findings


def _revision(path: Path) -> _Revision:
    """Read a file. Raises KeyError where it sets no revision, BadMigrations where it cannot be read."""
    text = reading.text(path)
    named = _names(path, text, "revision")
    if len(named) != 1:
        raise BadMigrations(f"{sanitize(path.name)}: its revision is no plain string.")
    try:
        before = _names(path, text, "down_revision")
    except KeyError:
        before = ()
    try:
        needs = _names(path, text, "depends_on")
    except KeyError:
        needs = ()
    lines = (line.strip() for line in literals.docstring(text).splitlines())
    message = next((line for line in lines if line and not line.startswith("Revision ID:")), path.stem)
    migration = Migration(
        named[0],
        message,
        native.checksum(text),
        Script(path, text),
        _down(path, text),
        unsupported=TOOL.reason,
    )
    return _Revision(migration, before, needs)


def _names(path: Path, text: str, name: str) -> tuple[str, ...]:
    """Return the revisions that a name is set to. Raises KeyError where it is not set, BadMigrations."""
    try:
        value = literals.assigned(text, name)
    except literals.NotPlain as error:
        raise BadMigrations(f"{sanitize(path.name)}: its {name} is no plain value, and no file is run here.") from error
    listed = value if isinstance(value, tuple | list | set | frozenset) else () if value is None else (value,)
    if not all(isinstance(each, str) and each for each in listed):
        raise BadMigrations(f"{sanitize(path.name)}: its {name} is neither a string nor several.")
    return tuple(str(each) for each in listed)


def _down(path: Path, text: str) -> Script | None:
    """Return the function that leads back, on its own lines; None where there is none."""
    found = _DOWN.search(text)
    if found is None:
        return None
    return Script(path, "\n" * text.count("\n", 0, found.start()) + text[found.start() :])


def _resolved(names: Sequence[str], known: Mapping[str, _Revision]) -> list[str]:
    """Return the revisions that are meant: depends_on may give the beginning of one."""
    found = []
    for name in names:
        meant = [name] if name in known else [each for each in known if each.startswith(name)]
        found += meant if len(meant) == 1 else []
    return found


def _lost(revision: _Revision, other: str) -> Finding:
    sentence = f"{sanitize(revision.migration.label)} comes after {sanitize(other)}, of which there is no file."
    return Finding(sentence, revision.migration.up.path)


def _too_long(revision: _Revision) -> Finding:
    sentence = f"{sanitize(revision.name)} is longer than the {_LONGEST} characters that Alembic's table takes."
    return Finding(sentence, revision.migration.up.path)


def _heads(known: Mapping[str, _Revision], folder: Path) -> list[Finding]:
    """Say where the graph has several ends: “upgrade head” stops there."""
    followed = {other for each in known.values() for other in each.before}
    heads = sorted(name for name in known if name not in followed)
    if len(heads) < 2:
        return []
    listed = sanitize(", ".join(heads))
    sentence = f"There are {len(heads)} heads: {listed}. “alembic merge heads” joins them, “upgrade heads” applies all."
    return [Finding(sentence, folder)]
