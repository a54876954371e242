"""Flyway: `V1_2__name.sql`, `U1_2__name.sql` that undoes it, `R__name.sql`, `B3__name.sql` to begin with.

Versions are numbers parted by dots (or underscores) and are compared number by number. An R runs after all of them,
again whenever it changes. The folder is read with all
folders below it. Of the newest B that has no V of its version, the V below it are left out, as Flyway leaves them out
where it begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, native, placeholders, reading, strangers, surroundings, templates
from console.migrations.files.folder import Finding, Folder, Key, Migration, Order, Script
from console.text import sanitize

FORMAT = "flyway"
VERSION = r"[0-9]+(?:[._][0-9]+)*"
FILE = re.compile(
    rf"(?:(?P<kind>[VUB])(?P<version>{VERSION})(?:__(?P<name>.*))?|R__(?P<repeats>.*))\.(?P<language>sql|java)",
    re.DOTALL,
)
REPEATABLE = "R__"
_CALLBACK = re.compile(r"(?:(?:before|after)[A-Z]\w*|createSchema)(?:__.*)?\.sql", re.DOTALL)
_CALLED = "V1__name.sql, U1__name.sql, R__name.sql or B1__name.sql"
_ALIKE = "refinery"  # a tool of Rust whose files are called the same
_SETTINGS = ("executeInTransaction", "encoding", "placeholderReplacement", "shouldExecute")
_ORDER = Order.DOTTED
_JAVA = "It is written in Java: run it with the project's own Flyway, or record it here with adopt."


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Whether a listing has a versioned, a repeatable or a baseline migration of Flyway with a description."""
    return any(re.fullmatch(rf"(?:[VB]{VERSION}|R)__.+\.sql", name, re.DOTALL) for name in names)


def checksum(text: str) -> str:
    """Return the CRC-32 of a text's lines without what ends them, as a signed number of 32 bits in decimal.

    >>> checksum("SELECT 1;\\nSELECT 2;\\n") == checksum("SELECT 1;\\r\\nSELECT 2;"), checksum("")
    (True, '0')
    """
    sum_ = zlib.crc32(text.replace("\r", "").replace("\n", "").encode())
    return str(sum_ - 2**32 if sum_ >= 2**31 else sum_)


def description(name: str) -> str:
    """Return the description as the ledger has it.

    >>> description("add_orders")
    'add orders'
    """
    return name.replace("_", " ")


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings.

    `variables` are the values of placeholders. Raises BadMigrations only when the folder itself cannot be read.
    """
    sorted_out, entries = _SortedOut(variables), tuple(_files(path))
    for entry in entries:
        sorted_out.take(entry)
    migrations, findings = sorted_out.migrations(), sorted_out.findings
    if surroundings.needs_crate(path, _ALIKE):
        findings.insert(0, strangers.unusable(path, _ALIKE))
    findings.extend(complaints.unused(entry, _CALLED) for entry in entries if _stray(entry.name))
    findings.extend(complaints.not_runnable(each) for each in migrations if each.unsupported)
    if not migrations and not any(finding.fatal for finding in findings):
        findings.append(complaints.empty(path, _CALLED))
    seed = path / native.SEED
    return Folder(path, FORMAT, migrations, _ORDER, seed if seed.is_file() else None, tuple(findings))


def _stray(name: str) -> bool:
    used = name == native.SEED or FILE.fullmatch(name) or _CALLBACK.fullmatch(name)
    return name.lower().endswith(".sql") and not used


def _files(path: Path) -> Iterator[Path]:
    for entry in reading.listing(path):
        if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."):
            yield from _files(entry)
        else:
            yield entry


@dataclass(slots=True)
class _SortedOut:
    variables: Mapping[str, str]
    versioned: list[Migration] = field(default_factory=list)
    begin: list[Migration] = field(default_factory=list)
    repeatable: list[Migration] = field(default_factory=list)
    undo: dict[Key, tuple[Script, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def take(self, entry: Path) -> None:
        """Put a file where it belongs."""
        match = FILE.fullmatch(entry.name)
        try:
            if match:
                self._migration(entry, match)
            elif _CALLBACK.fullmatch(entry.name):
                self.findings.append(_callback(entry))
        except BadMigrations as error:
            self.findings.append(complaints.broken(error, entry))

    def migrations(self) -> tuple[Migration, ...]:
        """Return the migrations in order, each with its undo, the repeatable ones last."""
        for found in (self.versioned, self.begin, self.repeatable):
            self.findings.extend(complaints.duplicates(found, str if found is self.repeatable else _ORDER.key))
        ordered = sorted(self._from_the_baseline_on(), key=lambda each: _ORDER.key(each.version))
        known = {_ORDER.key(each.version) for each in ordered}
        for lonely in sorted(self.undo.keys() - known):
            script, _ = self.undo[lonely]
            name = sanitize(script.path.name)
            self.findings.append(Finding(f"{name} is not used: there is no V of its version.", script.path))
        return (*map(self._with_undo, ordered), *sorted(self.repeatable, key=lambda each: each.version))

    def _from_the_baseline_on(self) -> list[Migration]:
        if not self.begin:
            return self.versioned
        newest = max(self.begin, key=lambda each: _ORDER.key(each.version))
        used = _ORDER.key(newest.version) not in {_ORDER.key(each.version) for each in self.versioned}
        self.findings.extend(_no_baseline(each) for each in self.begin if each is not newest or not used)
        if not used:
            return self.versioned
        start = _ORDER.key(newest.version)
        self.findings.extend(_below(each, newest) for each in self.versioned if _ORDER.key(each.version) < start)
        return [newest, *(each for each in self.versioned if _ORDER.key(each.version) > start)]

    def _with_undo(self, migration: Migration) -> Migration:
        script, unsupported = self.undo.get(_ORDER.key(migration.version), (None, ""))
        return Migration(
            migration.version,
            migration.name,
            migration.checksum,
            migration.up,
            script,
            unsupported=migration.unsupported or unsupported,
        )

    def _migration(self, entry: Path, match: re.Match[str]) -> None:
        script, sum_, unsupported = self._script(entry, match)
        if match["kind"] is None:
            version = REPEATABLE + match["repeats"]
            self.repeatable.append(Migration(version, "", sum_, script, repeatable=True, unsupported=unsupported))
            return
        version = match["version"].replace("_", ".")
        if match["kind"] == "U":
            if _ORDER.key(version) in self.undo:
                raise BadMigrations(f"{sanitize(entry.name)} is not the only U of its version.")
            self.undo[_ORDER.key(version)] = (script, unsupported)
            return
        found = Migration(version, match["name"] or "", sum_, script, unsupported=unsupported)
        (self.versioned if match["kind"] == "V" else self.begin).append(found)

    def _script(self, entry: Path, match: re.Match[str]) -> tuple[Script, str, str]:
        """Return a file's script, its checksum, and why it cannot be run, if so.

        Of a repeatable one the checksum is that of what runs, placeholders filled in; of the others that of the file.
        """
        if match["language"] == "java":
            return Script(entry, "", None), "", _JAVA
        text, settings = reading.text(entry), self._settings(entry)
        filled, unsupported = text, ""
        if "${" in text and settings.get("placeholderReplacement", "true").lower() != "false":
            try:
                filled = placeholders.fill(text, {**placeholders.known(entry, datetime.now()), **self.variables})
            except placeholders.Unfilled as error:
                unsupported = str(error)
        unsupported = unsupported or _not_to_run(settings) or templates.sentence(filled)
        sum_ = checksum(filled if match["kind"] is None else text)
        return Script(entry, filled, _transaction(settings), FORMAT), sum_, unsupported

    def _settings(self, entry: Path) -> Mapping[str, str]:
        beside = entry.with_name(f"{entry.name}.conf")
        if not beside.exists():
            return {}
        settings = placeholders.settings(reading.text(beside))
        for unknown in settings.keys() - set(_SETTINGS):
            sentence = f"{sanitize(beside.name)} sets {sanitize(unknown)}, which is not taken into account here."
            self.findings.append(Finding(sentence, beside))
        return settings


def _transaction(settings: Mapping[str, str]) -> bool | None:
    """Return what a script's settings say; without them the statements decide, as in Flyway."""
    said = settings.get("executeInTransaction")
    return None if said is None else said.lower() == "true"


def _not_to_run(settings: Mapping[str, str]) -> str:
    said = settings.get("shouldExecute", "true")
    return "" if said.lower() == "true" else f"Its settings say shouldExecute={sanitize(said)}."


def _callback(entry: Path) -> Finding:
    return Finding(f"{sanitize(entry.name)} is a callback of Flyway, which does not run here.", entry)


def _no_baseline(migration: Migration) -> Finding:
    return Finding(f"{sanitize(migration.up.path.name)} is not used: other files lead there.", migration.up.path)


def _below(migration: Migration, begin: Migration) -> Finding:
    return Finding(
        f"{sanitize(migration.up.path.name)} is not used: {sanitize(begin.up.path.name)} stands in its place.",
        migration.up.path,
    )
