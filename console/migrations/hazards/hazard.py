"""What a hazard is: frozen values that the rules make and everybody else shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from console.text import sanitize


class Kind(StrEnum):
    """What kind of harm: also the word that `-- dbconsole-ignore` takes."""

    REWRITE = "rewrite"
    SCAN = "scan"
    BUILD = "build"
    LOCK = "lock"
    LOSS = "loss"
    CASCADE = "cascade"
    BREAK = "break"
    BULK = "bulk"
    FAIL = "fail"
    ACCESS = "access"
    ENUM = "enum"
    UNSEEN = "unseen"
    STYLE = "style"


class Severity(IntEnum):
    """How much it matters; from WARN on it is a finding."""

    INFO = 0
    WARN = 1
    CRIT = 2

    @property
    def word(self) -> str:
        """The severity as documents say it: info, warn, crit."""
        return self.name.lower()


class Lock(IntEnum):
    """PostgreSQL's modes of a table's lock, the stronger the greater."""

    NONE = 0
    ACCESS_SHARE = 1
    ROW_SHARE = 2
    ROW_EXCLUSIVE = 3
    SHARE_UPDATE_EXCLUSIVE = 4
    SHARE = 5
    SHARE_ROW_EXCLUSIVE = 6
    EXCLUSIVE = 7
    ACCESS_EXCLUSIVE = 8

    @property
    def word(self) -> str:
        """The mode as PostgreSQL writes it.

        >>> Lock.SHARE_ROW_EXCLUSIVE.word
        'SHARE ROW EXCLUSIVE'
        """
        return self.name.replace("_", " ")

    @property
    def blocks_writes(self) -> bool:
        """Whether INSERT, UPDATE and DELETE wait behind it."""
        return self >= Lock.SHARE

    @property
    def blocks_reads(self) -> bool:
        """Whether SELECT waits behind it, too."""
        return self is Lock.ACCESS_EXCLUSIVE


class Name(NamedTuple):
    """A name in a statement; `schema` is empty for one that the search path of the database resolves."""

    schema: str
    name: str

    def __str__(self) -> str:
        """The name as a person writes it, harmless for a terminal."""
        return sanitize(f"{self.schema}.{self.name}" if self.schema else self.name)

    @property
    def placed(self) -> Name:
        """The name with a schema, for comparing: one without lies in public, as far as the text tells.

        >>> Name("", "t").placed == Name("public", "t").placed
        True
        """
        return Name(self.schema or "public", self.name)


@dataclass(frozen=True, slots=True)
class Hazard:
    """What one statement may do to others.

    `sentence` is ready for a terminal and names sizes where they are known; `advice` is the way around it, empty where
    there is none. `relation` is the table, view or index that it is about; `lock` is what is taken on it. `rule` is the
    name that squawk has for it. `statement`, `line` and `column` say where, the latter from 1.
    """

    kind: Kind
    severity: Severity
    sentence: str
    relation: Name | None = None
    lock: Lock = Lock.NONE
    advice: str = ""
    rule: str = ""
    statement: str = ""
    line: int = 0
    column: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of a hazard."""
        return {
            "kind": self.kind.value,
            "severity": self.severity.word,
            "statement": self.statement,
            "line": self.line,
            "relation": str(self.relation) if self.relation else None,
            "lock": self.lock.word if self.lock else None,
            "detail": self.sentence,
            "advice": self.advice,
            "rule": self.rule or None,
        }
