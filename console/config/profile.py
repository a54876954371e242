"""A profile is a named database and how to treat it; a target is what a command is pointed at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.config.embedder import EmbedderEntry


class Guard(StrEnum):
    """How a profile is protected against writing."""

    OPEN = "open"
    CONFIRM = "confirm"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Profile:
    """One `[profiles.NAME]` of a configuration file.

    `url` and `direct_url` are as written (`${…}` not yet expanded); `migrations` is absolute; timeouts are seconds.
    `guard` is None when the file says nothing. `source` is the file it was read from, None for a bare URL;
    `trusted` is False for a project's file whose digest the user has not accepted. What may hold a secret is not in
    the repr.
    """

    name: str
    url: str = field(default="", repr=False)
    direct_url: str | None = field(default=None, repr=False)
    password_command: str | None = field(default=None, repr=False)
    guard: Guard | None = None
    color: str | None = None
    migrations: Path | None = None
    ledger: str = "auto"
    ledger_table: str | None = None
    shadow: str | None = field(default=None, repr=False)
    history: bool = True
    statement_timeout: float = 15.0
    lock_timeout: float = 3.0
    tags: tuple[str, ...] = ()
    vars: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    embedders: Mapping[str, EmbedderEntry] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    source: Path | None = None
    trusted: bool = True


class Secret(str):
    """A password: a string that does not show itself when printed by accident."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('…')"


@dataclass(frozen=True, slots=True)
class Target:
    """What a command is pointed at, ready to connect.

    `params` are libpq's parameters without the password (`host`, `port`, `dbname`, `user`, `sslmode`, …);
    `password` may be None (libpq then looks into pgpass itself, and a person is asked last).
    `ask_password` is true where a placeholder stands for it, so that asking first is better than trying.
    `direct` are the parameters for migrations where they differ (a pooler is in between), else None; its password is
    `direct_password`, or the same where that is None.
    `origin` says in words where the target came from: "profile prod in ~/.config/dbconsole/config.toml",
    "DATABASE_URL in .env", "the command line", "the demo". `warnings` are sentences to show once.
    `demo` is the name of a demo database (`skintwin`) when the target is one; its server is started by `demo/`.
    """

    name: str
    params: Mapping[str, str]
    password: Secret | None = None
    direct: Mapping[str, str] | None = None
    guard: Guard = Guard.CONFIRM
    profile: Profile | None = None
    origin: str = ""
    warnings: tuple[str, ...] = ()
    demo: str | None = None
    ask_password: bool = False
    direct_password: Secret | None = None

    @property
    def database(self) -> str:
        """The database's name, or an empty text when libpq is to choose it."""
        return self.params.get("dbname", "")
