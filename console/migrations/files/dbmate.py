"""dbmate's format: `20240131120000_name.sql` with the blocks `-- migrate:up` and `-- migrate:down`, both of them.

A block whose line says `transaction:false` runs outside a transaction. A file may have several pairs of blocks. The
ledger keeps the digits that a file's name begins with, and compares them as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, native, reading, templates
from console.migrations.files.folder import Finding, Folder, Migration, Order, Script
from console.text import sanitize

FORMAT = "dbmate"
_CALLED = "<digits>_name.sql"
_FILE = re.compile(r"(?P<version>[0-9]+)_?(?P<name>.*)\.sql", re.DOTALL)
_DIRECTIVE = re.compile(r"^--[ \t]*migrate:(?P<kind>up|down)(?!\S)(?P<options>[^\n]*)", re.MULTILINE)
_BEFORE = re.compile(r"(?:[ \t\r\f\v]*(?:--[^\n]*)?\n)*")
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of a file: from `start`, where its directive stands, to `end`."""

    kind: str
    start: int
    end: int
    line: int
    transaction: bool


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is dbmate's: one of its first files says `-- migrate:up`."""
    return any(_says_up(path / name) for name in [name for name in names if _FILE.fullmatch(name)][:_LOOKED_AT])


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; dbmate fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = [entry for entry in reading.listing(path) if entry.name.lower().endswith(".sql") and not entry.is_dir()]
    mine = [entry for entry in entries if _FILE.fullmatch(entry.name)]
    others = {entry.name: entry for entry in entries if not _FILE.fullmatch(entry.name)}
    seed = others.pop(native.SEED, None)
    migrations, findings = by_name.gather(mine, _migration)
    migrations.sort(key=lambda migration: (migration.version, migration.up.path.name))
    findings += complaints.duplicates(migrations, Order.TEXT.key)
    findings += by_name.misordered(migrations, FORMAT)
    findings += [_several(migration) for migration in migrations if len(_DIRECTIVE.findall(migration.up.text)) > 1]
    findings += [complaints.not_runnable(migration) for migration in migrations if migration.unsupported]
    findings += [complaints.unused(entry, _CALLED) for entry in others.values()]
    if not mine:
        findings.append(complaints.empty(path, _CALLED))
    return Folder(path, FORMAT, tuple(migrations), Order.TEXT, seed, tuple(findings))


def _says_up(path: Path) -> bool:
    try:
        return any(match["kind"] == "up" for match in _DIRECTIVE.finditer(reading.text(path)))
    except BadMigrations:
        return False


def _migration(path: Path) -> Migration:
    named = _FILE.fullmatch(path.name)
    assert named is not None
    text = reading.text(path)
    blocks = _blocks(path, text)
    up, down = _script(path, text, blocks, "up"), _script(path, text, blocks, "down")
    checksum, unsupported = native.checksum(up.text), templates.sentence(text)
    return Migration(named["version"], named["name"], checksum, up, down, unsupported=unsupported)


def _blocks(path: Path, text: str) -> tuple[_Block, ...]:
    """Cut a file into its blocks. Raises BadMigrations unless each up is followed by its down."""
    found = list(_DIRECTIVE.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    blocks = tuple(
        _Block(
            match["kind"], match.start(), end, text.count("\n", 0, match.start()) + 1, _transaction(match["options"])
        )
        for match, end in zip(found, ends, strict=True)
    )
    if not any(block.kind == "up" for block in blocks):
        raise BadMigrations(f"{sanitize(path.name)} has no line “-- migrate:up”.")
    _must_have_nothing_before(path, text, next(block for block in blocks if block.kind == "up"))
    _must_be_pairs(path, blocks)
    return blocks


def _must_have_nothing_before(path: Path, text: str, first: _Block) -> None:
    before = _BEFORE.match(text)
    assert before is not None
    if before.end() < first.start:
        line = text.count("\n", 0, before.end()) + 1
        raise BadMigrations(
            f"{sanitize(path.name)}, line {line}: only comments may stand before “-- migrate:up”.", line=line
        )


def _must_be_pairs(path: Path, blocks: Sequence[_Block]) -> None:
    for number, block in enumerate(blocks):
        wanted = "up" if number % 2 == 0 else "down"
        if block.kind != wanted:
            before = "before" if wanted == "up" else "after"
            raise _alone(path, block if wanted == "up" else blocks[number - 1], wanted, before)
    if len(blocks) % 2:
        raise _alone(path, blocks[-1], "down", "after")


def _alone(path: Path, block: _Block, missing: str, where: str) -> BadMigrations:
    return BadMigrations(
        f"{sanitize(path.name)}, line {block.line}: there is no “-- migrate:{missing}” {where} this block;"
        " dbmate wants both, if only empty.",
        line=block.line,
    )


def _transaction(options: str) -> bool:
    pairs = dict(pair.split(":") for pair in options.split() if pair.count(":") == 1)
    return pairs.get("transaction") != "false"


def _script(path: Path, text: str, blocks: Sequence[_Block], kind: str) -> Script:
    """Return the blocks of one kind; of the others only the line feeds are left, so that lines keep their numbers."""
    mine = [block for block in blocks if block.kind == kind]
    kept = ["\n" * text.count("\n", 0, blocks[0].start)]
    for block in blocks[: blocks.index(mine[-1]) + 1]:
        part = text[block.start : block.end]
        kept.append(part if block.kind == kind else "\n" * part.count("\n"))
    return Script(path, "".join(kept), transaction=all(block.transaction for block in mine), format=FORMAT)


def _several(migration: Migration) -> Finding:
    name = sanitize(migration.up.path.name)
    return Finding(
        f"{name} has several pairs of blocks. Here they run as one migration; dbmate itself stops when it records the"
        " second pair.",
        migration.up.path,
    )
