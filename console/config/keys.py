"""What may stand in a configuration file: every key, and what its value may be."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from console.config import names, urls, values
from console.config.page import Page
from console.config.profile import Guard, Profile
from console.config.values import Wrong

if TYPE_CHECKING:
    from console.config.embedder import EmbedderEntry

LEDGERS = (
    "auto", "dbconsole", "golang-migrate", "dbmate", "goose", "supabase", "prisma", "drizzle", "flyway", "diesel",
    "sqlx", "node-pg-migrate", "sqitch", "alembic", "knex", "yoyo", "rails", "ecto",
    "django",
)  # fmt: skip
COLORS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "magenta", "grey")
SHADOWS = ("local", "embedded", "same-server")
_TOP = ("default", "theme", "keys", "profiles")


@dataclass(frozen=True, slots=True)
class Document:
    """What one configuration file says. `theme` and `keys` (command id → key) are for the screen.

    `page` is its text, for sentences about it; None where there is no file.
    """

    page: Page | None = field(default=None, repr=False)
    default: str | None = None
    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    profiles: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))


def read(table: Mapping[str, Any], page: Page) -> Document:
    """Return what a parsed file says. Raises BrokenConfig with the line of the first thing that may not be."""
    values.only(table, _TOP, (), page)
    profiles = table.get("profiles", {})
    if not isinstance(profiles, Mapping):
        raise page.broken(["profiles"], "has to be a table of profiles, such as [profiles.dev]")
    return Document(
        page=page,
        default=values.read(values.text, table, "default", page),
        theme=values.read(values.text, table, "theme", page),
        keys=values.read(values.texts, table, "keys", page) or MappingProxyType({}),
        profiles=MappingProxyType({name: _profile(name, said, page) for name, said in profiles.items()}),
    )


def _profile(name: str, said: object, page: Page) -> Profile:
    path = ("profiles", name)
    if reason := names.objection(name):
        raise page.broken(path, f"cannot be a profile's name: it {reason}", hint="Give the profile another name.")
    if not isinstance(said, Mapping):
        raise page.broken(path, "has to be a table with at least a url")
    values.only(said, (*_READERS, "migrations", "embedders"), path, page)
    if "url" not in said:
        raise page.broken(
            path, "has no url", hint='Add url = "postgresql://…", or "service=name", or "${DATABASE_URL}".'
        )
    said_of = {key: values.read(reader, said, key, page, path) for key, reader in _READERS.items() if key in said}
    folder = values.read(values.text, said, "migrations", page, path)
    beside = None if folder is None else Path(os.path.normpath(page.file.parent.absolute() / folder))
    embedders = _embedders(said, page, path) if "embedders" in said else MappingProxyType({})
    return Profile(name=name, migrations=beside, embedders=embedders, source=page.file, **said_of)


def _embedders(said: Mapping[str, Any], page: Page, path: tuple[str, ...]) -> Mapping[str, EmbedderEntry]:
    from console.config import embedder
    from console.config.table import Table

    return embedder.entries(Table(said, page, path))


def _guard(value: object) -> Guard:
    return Guard(values.one_of(*Guard)(value))


def _color(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return value
    return values.one_of(*COLORS, "#rrggbb")(value)


def _shadow(value: object) -> str:
    text = values.text(value)
    if text in SHADOWS or "${" in text or urls.addresses(text):
        return text
    raise Wrong(f"has to be one of {', '.join(SHADOWS)}, or a URL")


def _command(value: object) -> str:
    import shlex

    text = values.text(value)
    try:
        words = shlex.split(text)
    except ValueError:
        raise Wrong("has a quote that is not closed") from None
    if not words:
        raise Wrong("has to name a program")
    return text


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "url": values.text,
        "direct_url": values.text,
        "password_command": _command,
        "guard": _guard,
        "color": _color,
        "ledger": values.one_of(*LEDGERS),
        "ledger_table": values.text,
        "shadow": _shadow,
        "history": values.flag,
        "statement_timeout": values.duration,
        "lock_timeout": values.duration,
        "tags": values.listed,
        "vars": values.texts,
    }
)
