"""What a folder of migrations is, whatever its format: frozen values that need no server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from console.text import sanitize

_NUMBER = re.compile(r"[0-9]{1,18}")  # as many digits as a file's name may have


class Order(StrEnum):
    """How a format compares versions."""

    NUMBER = "number"
    TEXT = "text"

    def key(self, version: str) -> tuple[int, int, str]:
        """Return what sorts versions, and is equal for two spellings of one version.

        >>> Order.NUMBER.key("0010") > Order.NUMBER.key("9"), Order.NUMBER.key("1") == Order.NUMBER.key("0001")
        (True, True)
        >>> Order.TEXT.key("10") < Order.TEXT.key("9")
        True
        """
        if self is Order.NUMBER and _NUMBER.fullmatch(version):
            return (0, int(version), "")
        return (1, 0, version)


@dataclass(frozen=True, slots=True)
class Script:
    """SQL to run: a file, or a part of one.

    `text` has line feeds only and keeps the lines of the file: of a part, what stands before it is blank lines.
    `transaction` is False when the file says that it cannot run in one; None when its format has no way to say so,
    and the statements decide.
    """

    path: Path
    text: str
    transaction: bool | None = True


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
            "file": sanitize(self.path.name) if self.path else None,
            "line": self.line,
            "column": self.column,
            "detail": self.sentence,
            "fatal": self.fatal,
        }


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of migrations, in order, with the seed (sample data) beside them and what is odd about it."""

    path: Path
    format: str
    migrations: tuple[Migration, ...]
    order: Order = Order.NUMBER
    seed: Path | None = None
    findings: tuple[Finding, ...] = ()

    def find(self, version: str) -> Migration | None:
        """Return the migration of a version, however its number is spelt, or None."""
        wanted = self.order.key(version)
        return next((migration for migration in self.migrations if self.order.key(migration.version) == wanted), None)
