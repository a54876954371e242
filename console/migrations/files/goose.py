"""goose: `00001_name.sql` with `-- +goose Up` and `-- +goose Down` in one file, and Go files between them.

What is not of a part is blank lines, so that errors name the right line. A StatementEnd becomes a semicolon: what
stands in a block needs none. A Go file cannot be run here and is a migration nevertheless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, environment, native, reading, templates
from console.migrations.files.folder import Folder, Migration, Order, Script
from console.text import sanitize

FORMAT = "goose"
FILE = re.compile(r"(?P<version>[0-9]{1,19})_(?P<name>.*)\.(?P<kind>sql|go)", re.DOTALL)
_CALLED = "NNNNN_name.sql"
_MARK = re.compile(r"(?P<indent>[ \t]*)--\s*\+goose\b[ \t]*(?P<word>.*?)[ \t\r]*$", re.ASCII)
_LARGEST = 2**63 - 1
_UP, _DOWN = "up", "down"
_GO = "It is written in Go: run it with the project's own goose, or record it here with adopt."


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Whether the first file of a listing that could be a migration has a mark of goose."""
    first = next((name for name in sorted(names) if FILE.fullmatch(name) and name.endswith(".sql")), None)
    if first is None:
        return False
    try:
        return any(_MARK.match(line) for line in reading.text(path / first).split("\n"))
    except BadMigrations:
        return False


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings.

    `variables` are what ENVSUB finds besides the environment. Raises BadMigrations only when the folder itself cannot
    be read.
    """
    entries = reading.listing(path)
    mine = [entry for entry in entries if _migrates(entry.name)]
    migrations: list[Migration] = []
    findings = [complaints.unused(entry, _CALLED) for entry in entries if _stray(entry.name)]
    for entry in mine:
        try:
            migrations.append(_migration(entry, variables))
        except BadMigrations as error:
            findings.append(complaints.broken(error, entry))
    migrations.sort(key=lambda migration: int(migration.version))
    findings.extend(complaints.not_runnable(each) for each in migrations if each.unsupported)
    findings.extend(complaints.duplicates(migrations, int))
    if not mine:
        findings.append(complaints.empty(path, _CALLED))
    seed = next((entry for entry in entries if entry.name == native.SEED), None)
    return Folder(path, FORMAT, tuple(migrations), Order.NUMBER, seed, tuple(findings))


def _migrates(name: str) -> re.Match[str] | None:
    match = FILE.fullmatch(name)
    return match if match and int(match["version"]) > 0 and not name.endswith("_test.go") else None


def _stray(name: str) -> bool:
    return name != native.SEED and name.lower().endswith(".sql") and not _migrates(name)


def _migration(entry: Path, variables: Mapping[str, str]) -> Migration:
    match = FILE.fullmatch(entry.name)
    assert match is not None
    version, name = match["version"], match["name"]
    if int(version) > _LARGEST:
        raise BadMigrations(f"{version} is too large for the ledger, which holds 64-bit numbers.")
    if match["kind"] == "go":
        return Migration(version, name, native.checksum(""), Script(entry, "", None), unsupported=_GO)
    text = reading.text(entry)
    parts = _Parts(sanitize(entry.name), variables)
    parts.read(text)
    up = Script(entry, parts.text(_UP), parts.transaction, FORMAT)
    down = Script(entry, parts.text(_DOWN), parts.transaction, FORMAT) if parts.section == _DOWN else None
    unsupported = parts.unset or templates.sentence(text)
    return Migration(version, name, native.checksum(parts.written), up, down, unsupported=unsupported)


class _Parts:
    """The two parts of a file, found line by line.

    `section` is the part that the line belongs to; `unset` a sentence about the first variable without a value;
    `written` the up part as it stands in the file, before any variable was filled in.
    """

    def __init__(self, name: str, variables: Mapping[str, str]) -> None:
        self.section: str | None = None
        self.transaction = True
        self.unset = ""
        self.written = ""
        self._name = name
        self._variables = variables
        self._lines: dict[str, list[str]] = {_UP: [], _DOWN: []}
        self._block: int | None = None  # the line of the StatementBegin that is open
        self._substitute = False

    def read(self, text: str) -> None:
        """Sort the lines into the parts. Raises BadMigrations, with the line, for marks that make no sense."""
        for number, line in enumerate(text.split("\n"), 1):
            mark = _MARK.match(line)
            kept = self._mark(number, mark) if mark else self._line(number, line)
            if self.section == _UP:
                self.written += kept if mark else line + "\n"
            for part, lines in self._lines.items():
                lines.append(kept if part == self.section else "")
        if self.section is None:
            raise self._wrong("has no line “-- +goose Up”", 1)
        if self._block is not None:
            raise self._wrong("begins a statement that no “-- +goose StatementEnd” ends", self._block)

    def text(self, part: str) -> str:
        """Return a part with the lines of the file."""
        return "\n".join(self._lines[part]).rstrip() + "\n"

    def _mark(self, number: int, mark: re.Match[str]) -> str:
        if mark["indent"]:
            raise self._wrong("has a mark of goose that does not begin its line", number)
        known = _MARKS.get(mark["word"].lower())
        if known is None:
            raise self._wrong(f"says “+goose {sanitize(mark['word'])}”, which goose does not know", number)
        return known(self, number) or ""

    def _line(self, number: int, line: str) -> str:
        comment = line.lstrip().startswith("--")
        if self.section is None and line.strip() and not comment:
            raise self._wrong("has SQL before “-- +goose Up”", number)
        if not self._substitute or comment:
            return line
        try:
            return environment.expand(line, self._variables)
        except environment.Unset as unset:
            self.unset = self.unset or f"Line {number} {unset}"
            return line

    def _begin_up(self, number: int) -> None:
        if self.section is not None:
            raise self._wrong("has a second “-- +goose Up”", number)
        self.section = _UP

    def _begin_down(self, number: int) -> None:
        if self.section != _UP or self._block is not None:
            raise self._wrong("has “-- +goose Down” where it does not follow a whole Up part", number)
        self.section = _DOWN

    def _begin_statement(self, number: int) -> None:
        if self.section is None or self._block is not None:
            raise self._wrong("begins a statement outside a part or inside another one", number)
        self._block = number

    def _end_statement(self, number: int) -> str:
        if self._block is None:
            raise self._wrong("ends a statement that was not begun", number)
        self._block = None
        return ";"

    def _no_transaction(self, number: int) -> None:
        self.transaction = False

    def _substitute_on(self, number: int) -> None:
        self._substitute = True

    def _substitute_off(self, number: int) -> None:
        self._substitute = False

    def _wrong(self, what: str, number: int) -> BadMigrations:
        return BadMigrations(f"{self._name}, line {number}, {what}.", line=number)


_MARKS = {
    "up": _Parts._begin_up,
    "down": _Parts._begin_down,
    "statementbegin": _Parts._begin_statement,
    "statementend": _Parts._end_statement,
    "no transaction": _Parts._no_transaction,
    "envsub on": _Parts._substitute_on,
    "envsub off": _Parts._substitute_off,
}
