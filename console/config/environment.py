"""What the environment says about the database: variables, and the project's `.env` files.

Conventions read: DATABASE_URL (DIRECT_URL, DATABASE_URL_UNPOOLED, POSTGRES_URL_NON_POOLING for the way around a
pooler); DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_SSL; POSTGRES_URL (Vercel); libpq's own PG*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from console.config import dotenv, keywords, names, parameters, urls
from console.config.expand import expand
from console.config.parameters import Conninfo
from console.errors import UsageError
from console.text import sanitize

_URL, _VERCEL_URL = "DATABASE_URL", "POSTGRES_URL"
URLS = (_URL, _VERCEL_URL)
DIRECT_URLS = ("DIRECT_URL", "DATABASE_URL_UNPOOLED", "POSTGRES_URL_NON_POOLING")
_PARTS = MappingProxyType(
    {
        "DB_HOST": "host",
        "DB_PORT": "port",
        "DB_NAME": "dbname",
        "DB_USER": "user",
        "DB_PASSWORD": "password",
        "DB_SSL": "ssl",
    }
)
_PARTS_BEGIN = ("DB_HOST", "DB_NAME")
_LIBPQ_BEGINS = ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE")
_NO_ENVIRONMENTS = frozenset({"dist", "example", "sample", "template"})
_THE_ENVIRONMENT = "the environment"


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables that count, and where each came from: "the environment", ".env.local".

    `files` are those of the `.env` files alone.
    """

    values: Mapping[str, str] = field(repr=False)
    origins: Mapping[str, str]
    files: Mapping[str, str] = field(repr=False)
    warnings: tuple[str, ...] = ()

    def first(self, candidates: Iterable[str]) -> str | None:
        """Return the first of some names that has a value."""
        return next((name for name in candidates if self.values.get(name)), None)

    def where(self, name: str) -> str:
        """Return a name with its origin: "DATABASE_URL in .env"."""
        return f"{name} in {self.origins[name]}"

    def value(self, name: str) -> str:
        """Return a variable's value; what a file refers to is taken from the files only.

        A project's `.env` may be a stranger's, and could otherwise carry any variable of the shell to its server.
        Raises UsageError for a reference to nothing.
        """
        text = self.values[name]
        if self.origins[name] == _THE_ENVIRONMENT:
            return text
        return expand(text, self.files, what=self.where(name), hint="Set it in the same file.")


class Found(NamedTuple):
    """What the environment points at, in words and for libpq; `direct` is its way around a pooler."""

    origin: str
    conninfo: Conninfo
    direct: Conninfo | None = None


def environments(folder: Path) -> tuple[str, ...]:
    """Return the NAMEs of the project's `.env.NAME` files, for a person to choose from."""
    found = (path.name.removeprefix(".env.") for path in folder.glob(".env.*") if path.is_file())
    return tuple(sorted(name for name in found if name.partition(".")[0] not in _NO_ENVIRONMENTS and name != "local"))


def variables(environ: Mapping[str, str], folder: Path, name: str | None = None) -> Variables:
    """Return the variables of the environment, `.env.NAME`, `.env.local` and `.env`; the first that has one counts.

    Raises BrokenConfig for a file that cannot be read, UsageError when there is no `.env.NAME`.
    """
    read = {file: dotenv.read(folder / file) for file in (".env", ".env.local", *([f".env.{name}"] if name else []))}
    if name and read[f".env.{name}"] is None:
        raise _no_environment(name, folder)
    files: dict[str, str] = {}
    origins: dict[str, str] = {}
    for file, said in read.items():
        files.update(said or {})
        origins.update(dict.fromkeys(said or {}, file))
    return Variables(
        values=MappingProxyType(files | dict(environ)),
        origins=MappingProxyType(origins | dict.fromkeys(environ, _THE_ENVIRONMENT)),
        files=MappingProxyType(files),
        warnings=_overruled(environ, read.get(f".env.{name}"), name),
    )


def find(said: Variables) -> Found | None:
    """Return what the variables point at, None when they point at nothing. Raises BadUrl, UsageError."""
    if name := said.first([_URL]):
        return _from_url(said, name)
    if start := said.first(_PARTS_BEGIN):
        return _from_parts(said, start, _PARTS)
    if name := said.first([_VERCEL_URL]):
        return _from_url(said, name)
    if start := said.first(_LIBPQ_BEGINS):
        return _from_parts(said, start, keywords.ENVIRONMENT)
    return None


def direct(said: Variables) -> Conninfo | None:
    """Return how to connect around a pooler, where the variables say so. Raises BadUrl, UsageError."""
    name = said.first(DIRECT_URLS)
    return None if name is None else urls.parse(said.value(name), what=said.where(name))


def _from_url(said: Variables, name: str) -> Found:
    return Found(said.where(name), urls.parse(said.value(name), what=said.where(name)), direct(said))


def _from_parts(said: Variables, start: str, meaning: Mapping[str, str]) -> Found:
    pairs = [(key, said.value(name)) for name, key in meaning.items() if said.values.get(name)]
    family = f"{start[:2]}*" if start.startswith("PG") else f"{start[:3]}*"
    origin = f"{family} in {said.origins[start]}"
    return Found(origin, parameters.settle(pairs, what=origin))


def _no_environment(name: str, folder: Path) -> UsageError:
    known = environments(folder)
    meant = names.nearest(name, known)
    return UsageError(
        f"There is no .env.{sanitize(name)} in {folder}.",
        hint=(f"Did you mean {meant}? " if meant else "") + f"Environments here: {', '.join(known) or 'none'}.",
    )


def _overruled(environ: Mapping[str, str], chosen: Mapping[str, str] | None, name: str | None) -> tuple[str, ...]:
    """Say so when the shell has another answer than the file that was asked for by name."""
    asked = chosen or {}
    return tuple(
        f"{variable} of the shell holds, not the one in .env.{name}: unset it to use the file's."
        for variable in (*URLS, *_PARTS_BEGIN, *_LIBPQ_BEGINS)
        if variable in asked and environ.get(variable, asked[variable]) != asked[variable]
    )
