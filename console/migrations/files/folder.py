"""What a folder of migrations is, whatever its format: frozen values that need no server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from console.migrations.files.naming import shown
from console.migrations.files.own_tool import OwnTool

_NUMBER = re.compile(r"[0-9]{1,18}")  # as many digits as a file's name may have
_DOTTED = re.compile(r"[0-9]+(?:[._][0-9]+)*")

Key = tuple[int, tuple[int, ...], str]


class Order(StrEnum):
    """How a format compares versions."""

    NUMBER = "number"
    TEXT = "text"
    DOTTED = "dotted"

    def key(self, version: str) -> Key:
        """Return what sorts versions, and is equal for two spellings of one version; what is no number comes last.

        >>> Order.NUMBER.key("0010") > Order.NUMBER.key("9"), Order.NUMBER.key("1") == Order.NUMBER.key("0001")
        (True, True)
        >>> Order.TEXT.key("10") < Order.TEXT.key("9")
        True
        >>> Order.DOTTED.key("1_10") > Order.DOTTED.key("1.9"), Order.DOTTED.key("1.0") == Order.DOTTED.key("1")
        (True, True)
        """
        if self is Order.NUMBER and _NUMBER.fullmatch(version):
            return (0, (int(version),), "")
        if self is Order.DOTTED and _DOTTED.fullmatch(version):
            return (0, _parts(version), "")
        return (1, (), version)


@dataclass(frozen=True)
class Places:
    """The order of a plan or a graph: a version stands where it is listed; what is not listed comes last.

    >>> order = Places(("users", "orders"))
    >>> order.key("users") < order.key("orders") < order.key("gone")
    True
    """

    versions: tuple[str, ...]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {version: place for place, version in enumerate(self.versions)}

    def key(self, version: str) -> Key:
        """Return what sorts versions."""
        place = self._places.get(version)
        return (1, (), version) if place is None else (0, (place,), "")


Ordering: TypeAlias = Order | Places


def _parts(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.split("[._]", version)]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Script:
    """SQL to run: a file, or a part of one.

    `text` has line feeds only and keeps the lines of the file: of a part, what stands before it is blank lines.
    `transaction` is False when the file says that it cannot run in one; None when its format has no way to say so,
    and the statements decide. `format` is the tool whose rules for transactions hold.
    """

    path: Path
    text: str
    transaction: bool | None = True
    format: str = "dbconsole"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of a schema, with up and, where they exist, down and verify.

    `checksum` is that of up, as the format's own ledger keeps it; of a format that keeps none, the SHA-256 of the
    text. A `repeatable` one has no place in the order: it runs after all others, again whenever its checksum changes.
    `unsupported` is a sentence that says why it cannot be run here (it is not SQL, or a template).
    """

    version: str
    name: str
    checksum: str
    up: Script
    down: Script | None = None
    verify: Script | None = None
    repeatable: bool = False
    unsupported: str = ""

    @property
    def label(self) -> str:
        """The version and the name as a person knows them: `0002_add_orders`."""
        return f"{self.version}_{self.name}" if self.name else self.version


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a folder that somebody should know.

    `sentence` is ready for a terminal. A `fatal` one makes the folder unusable. Lines and columns are from 1.
    """

    sentence: str
    path: Path | None = None
    line: int | None = None
    column: int | None = None
    fatal: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape `{file, line, column, detail, fatal}`."""
        return {
            "file": shown(self.path) if self.path else None,
            "line": self.line,
            "column": self.column,
            "detail": self.sentence,
            "fatal": self.fatal,
        }


@dataclass(frozen=True)
class Folder:
    """A folder of migrations, in order, with the seed (sample data) beside them and what is odd about it.

    `why` says, as the end of a sentence, by what its format was recognised. `tool` is the one that alone runs these
    migrations, where they are only read here. `requires` says which versions each one needs, where a graph says so.
    """

    path: Path
    format: str
    migrations: tuple[Migration, ...]
    order: Ordering = Order.NUMBER
    seed: Path | None = None
    findings: tuple[Finding, ...] = ()
    why: str = ""
    tool: OwnTool | None = None
    requires: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def by_key(self) -> Mapping[Key, Migration]:
        """The migrations by what is equal for two spellings of one version."""
        return {self.order.key(migration.version): migration for migration in self.migrations}

    def find(self, version: str) -> Migration | None:
        """Return the migration of a version, however its number is spelt, or None."""
        return self.by_key.get(self.order.key(version))
