"""What may stand in a configuration file: every key, and what its value may be."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from console.config import durations, names, urls
from console.config.profile import Guard, Profile
from console.errors import BrokenConfig
from console.text import sanitize

LEDGERS = (
    "auto", "dbconsole", "golang-migrate", "dbmate", "goose", "supabase", "prisma", "drizzle", "flyway", "diesel",
    "sqitch", "alembic", "knex", "yoyo",
)  # fmt: skip
COLORS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "magenta", "grey")
SHADOWS = ("local", "embedded", "same-server")
_EMBEDDER = ("provider", "url", "model")
_TOP = ("default", "theme", "keys", "profiles")


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text while it is read; makes the errors that name file and line."""

    file: Path
    text: str = field(repr=False)

    def broken(self, path: Iterable[str], sentence: str, hint: str = "") -> BrokenConfig:
        """Return the error about the key at `path`: the sentence goes on from the key's name."""
        from console.config import lines

        *where, key = path
        table = f" in [{'.'.join(where)}]" if where else ""
        line = lines.of_key(self.text, (*where, key))
        title = f"{self.file}, line {line}: {key}{table} {sentence}."
        return BrokenConfig(sanitize(title), hint=hint, line=line)


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


class _Wrong(Exception):
    """A value cannot be; the text is the end of a sentence that began with its key."""


def read(table: Mapping[str, Any], page: Page) -> Document:
    """Return what a parsed file says. Raises BrokenConfig with the line of the first thing that may not be."""
    _only(table, _TOP, (), page)
    profiles = table.get("profiles", {})
    if not isinstance(profiles, Mapping):
        raise page.broken(["profiles"], "has to be a table of profiles, such as [profiles.dev]")
    return Document(
        page=page,
        default=_value(_text, table, "default", page),
        theme=_value(_text, table, "theme", page),
        keys=_value(_texts, table, "keys", page) or MappingProxyType({}),
        profiles=MappingProxyType({name: _profile(name, said, page) for name, said in profiles.items()}),
    )


def _profile(name: str, said: object, page: Page) -> Profile:
    path = ("profiles", name)
    if reason := names.objection(name):
        raise page.broken(path, f"cannot be a profile's name: it {reason}", hint="Give the profile another name.")
    if not isinstance(said, Mapping):
        raise page.broken(path, "has to be a table with at least a url")
    _only(said, (*_READERS, "migrations"), path, page)
    if "url" not in said:
        raise page.broken(
            path, "has no url", hint='Add url = "postgresql://…", or "service=name", or "${DATABASE_URL}".'
        )
    values = {key: _value(reader, said, key, page, path) for key, reader in _READERS.items() if key in said}
    folder = _value(_text, said, "migrations", page, path)
    beside = None if folder is None else Path(os.path.normpath(page.file.parent.absolute() / folder))
    return Profile(name=name, migrations=beside, source=page.file, **values)


def _only(table: Mapping[str, Any], allowed: Iterable[str], path: tuple[str, ...], page: Page) -> None:
    for key in table:
        if key not in allowed:
            meant = names.nearest(key, allowed)
            raise page.broken(
                (*path, key),
                "is not a key that dbconsole knows",
                hint=(f"Did you mean {meant}? " if meant else "") + f"Known are {', '.join(allowed)}.",
            )


def _value(
    reader: Callable[[Any], Any], table: Mapping[str, Any], key: str, page: Page, path: tuple[str, ...] = ()
) -> Any:
    if key not in table:
        return None
    try:
        return reader(table[key])
    except _Wrong as wrong:
        raise page.broken((*path, key), str(wrong)) from None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("has to be a text in quotes, and not an empty one")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("has to be true or false, without quotes")
    return value


def _duration(value: object) -> float:
    try:
        return durations.seconds(_text(value))
    except (_Wrong, ValueError):
        raise _Wrong('has to be a duration in quotes: "15s", "500ms", "2m", "1h", or "0" for none') from None


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Wrong('has to be a list of texts, such as ["eu", "billing"]')
    return tuple(value)


def _texts(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(item, str) for item in value.values()):
        raise _Wrong("has to be a table of texts")
    return MappingProxyType(dict(value))


def _one_of(*allowed: str) -> Callable[[object], str]:
    def reader(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise _Wrong(f"has to be one of {', '.join(allowed)}")
        return value

    return reader


def _guard(value: object) -> Guard:
    return Guard(_one_of(*Guard)(value))


def _color(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return value
    return _one_of(*COLORS, "#rrggbb")(value)


def _shadow(value: object) -> str:
    text = _text(value)
    if text in SHADOWS or "${" in text or urls.addresses(text):
        return text
    raise _Wrong(f"has to be one of {', '.join(SHADOWS)}, or a URL")


def _command(value: object) -> str:
    import shlex

    text = _text(value)
    try:
        words = shlex.split(text)
    except ValueError:
        raise _Wrong("has a quote that is not closed") from None
    if not words:
        raise _Wrong("has to name a program")
    return text


def _embedders(value: object) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(value, Mapping):
        raise _Wrong('has to be tables such as [profiles.dev.embedders."public.documents.embedding"]')
    found = {column: _texts(embedder) for column, embedder in value.items()}
    unknown = next((key for embedder in found.values() for key in embedder if key not in _EMBEDDER), None)
    if unknown is not None:
        raise _Wrong(f"has a key that dbconsole does not know; known are {', '.join(_EMBEDDER)}")
    return MappingProxyType(found)


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "url": _text,
        "direct_url": _text,
        "password_command": _command,
        "guard": _guard,
        "color": _color,
        "ledger": _one_of(*LEDGERS),
        "ledger_table": _text,
        "shadow": _shadow,
        "history": _flag,
        "statement_timeout": _duration,
        "lock_timeout": _duration,
        "tags": _list,
        "vars": _texts,
        "embedders": _embedders,
    }
)
