"""What a sample system is expected to hold, by name and by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_FOLDERS = Path(__file__).parents[2] / "migrations"


@dataclass(frozen=True)
class System:
    """One folder of migrations with its data. Names are qualified by their schema, as in `public.users`."""

    name: str
    checks: Mapping[str, int]
    """How many checks each migration's verify file makes, by the migration's name, in order."""
    rows: Mapping[str, int]
    """The rows of each table with its data, and so every table."""
    views: Mapping[str, int | None] = field(default_factory=dict)
    """The rows of each view; None where it has some, but how many depends on the time of day."""
    indexes: tuple[str, ...] = ()
    """Those named `idx…`: constraints bring their own."""
    functions: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    """As `schema.table.trigger`."""
    policies: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """As `schema.table.policy`: its command, and its roles with commas between."""
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    vector: bool = False
    since: int = 14
    """The oldest PostgreSQL on which every check passes."""
    holds_before: frozenset[str] = frozenset()
    """Checks that may hold before their own migration is applied."""

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return _FOLDERS / self.name

    @property
    def migrations(self) -> tuple[str, ...]:
        """Their names in order."""
        return tuple(self.checks)

    def text(self, migration: str, part: str) -> str:
        """Return the SQL of one part (up, down, verify) of a migration."""
        return (self.folder / f"{migration}.{part}.sql").read_text()
