"""Which format a folder of migrations has, by what is in it, and the folder read by that format's module."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from console.config.profile import Profile
from console.errors import UsageError
from console.migrations.files import (
    alembic,
    complaints,
    dbmate,
    diesel,
    django,
    drizzle,
    ecto,
    flyway,
    golang_migrate,
    goose,
    knex,
    native,
    node_pg_migrate,
    prisma,
    rails,
    reading,
    sqitch,
    sqlx,
    supabase,
    yoyo,
)
from console.migrations.files.folder import Finding, Folder, Migration, Script
from console.migrations.files.own_tool import OwnTool
from console.text import sanitize

NATIVE = native.FORMAT
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Format(Protocol):
    """A module of this room: one format."""

    FORMAT: str

    def recognises(self, path: Path, names: Sequence[str]) -> bool:
        """Tell whether a folder with these entries has the format."""

    def scan(self, path: Path, variables: Mapping[str, str]) -> Folder:
        """Return the folder with all that is wrong with it as findings."""


@dataclass(frozen=True, slots=True)
class Detected:
    """The format of a folder, and the end of a sentence that says by what it was recognised."""

    format: str
    why: str


# In the order in which they are asked: what is unmistakable first. The text is what the folder then has.
_ASKED: tuple[tuple[Format, str], ...] = (
    (sqitch, "it has a plan of Sqitch"),
    (alembic, "its Python files say down_revision"),
    (django, "its Python files have a class Migration of Django's"),
    (drizzle, "it has Drizzle's journal or snapshots"),
    (prisma, "its folders have a migration.sql"),
    (diesel, "its folders have an up.sql"),
    (flyway, "its files are called as V1__name.sql"),
    (rails, "its Ruby files speak of ActiveRecord::Migration"),
    (ecto, "its Elixir files speak of Ecto.Migration"),
    (knex, "its JavaScript or TypeScript files speak of knex"),
    (goose, "its files say -- +goose"),
    (dbmate, "its files say -- migrate:up"),
    (yoyo, "it has yoyo's rollback files, or its files import yoyo or say -- depends:"),
    (node_pg_migrate, "its files say -- Up Migration or speak of pgm, or its package.json names node-pg-migrate"),
    (sqlx, "its project's Cargo.toml names sqlx, or its files begin as those of sqlx"),
    (native, "it has verify files, four digits throughout, or a line -- dbconsole:"),
    (golang_migrate, "its files are called as NNN_name.up.sql, without our marks"),
    (supabase, "its files are called as <time>_name.sql, with no mark of another tool"),
)
_OF_FOLDERS = (drizzle, prisma, diesel)  # their marks are folders, which need a look each
OWN_TOOLS: Mapping[str, OwnTool] = MappingProxyType(
    {module.FORMAT: module.TOOL for module in (sqitch, alembic, knex, yoyo, rails, ecto, django)}  # only read here
)
_NO_SIGN = "nothing in it points to another tool"
_LOOKED_INTO = 20  # folders below one without migrations
_NAMED = {NATIVE: native.FILE, golang_migrate.FORMAT: golang_migrate.FILE, sqlx.FORMAT: sqlx.FILE}
FORMATS: Mapping[str, Format] = MappingProxyType({module.FORMAT: module for module, _ in _ASKED})


def detect(path: Path) -> Detected:
    """Return the format of a folder; ours where nothing else can be seen. Raises BadMigrations for no folder."""
    names = reading.names(path)
    folders = tuple(name for name in names if not name.endswith(".sql"))
    for module, why in _ASKED:
        if module is golang_migrate:  # what is ours has been asked for already, which takes a look into the files
            recognised = _is_named_as(golang_migrate.FILE, names)
        else:
            recognised = module.recognises(path, folders if module in _OF_FOLDERS else names)
        if recognised:
            return Detected(module.FORMAT, why)
    return Detected(NATIVE, _NO_SIGN)


def may_be(path: Path, format: str) -> bool:
    """Tell whether a folder could be read as a format, even where another one fits better. Raises BadMigrations."""
    names = reading.names(path)
    if format in _NAMED:
        return _is_named_as(_NAMED[format], names)
    return format in FORMATS and FORMATS[format].recognises(path, names)


def scan(path: Path, format: str | None = None, variables: Mapping[str, str] = _NOTHING) -> Folder:
    """Return a folder with all that is wrong with it as findings; without `format` it is looked for.

    Raises BadMigrations when the folder itself cannot be read, UsageError for a format that is not known.
    """
    found = detect(path) if format is None else Detected(format, f"{format} was asked for")
    if found.format not in FORMATS:
        raise UsageError(f"{found.format} is no format of migrations.", hint=f"Known are {', '.join(sorted(FORMATS))}.")
    folder = replace(FORMATS[found.format].scan(path, variables), why=found.why)
    if found.why == _NO_SIGN and not folder.migrations:
        return replace(folder, findings=(*_below(path), *folder.findings))
    return folder if found.format == NATIVE else _stamped(folder)


def read(path: Path, format: str | None = None, variables: Mapping[str, str] = _NOTHING) -> Folder:
    """Return a folder that can be used. Raises BadMigrations when it is empty, unreadable or contradicts itself."""
    return complaints.sound(scan(path, format, variables))


def of_profile(path: Path, profile: Profile | None, variables: Mapping[str, str] = _NOTHING) -> Folder:
    """Return the folder of a profile: in the format of its `ledger` where it can be read so, with its `vars`.

    `variables` are said besides. Raises BadMigrations when it is empty, unreadable or contradicts itself.
    """
    if profile is None:
        return read(path, None, variables)
    said = profile.ledger if profile.ledger in FORMATS and may_be(path, profile.ledger) else None
    return read(path, said, {**profile.vars, **variables})


def _below(path: Path) -> tuple[Finding, ...]:
    """Say which folders below one that has no migrations have some: it may be one of them that is meant."""
    entries = (entry for entry in reading.listing(path) if entry.is_dir() and not entry.name.startswith("."))
    found = [(entry.name, detect(entry)) for entry in islice(entries, _LOOKED_INTO)]
    listed = [f"{sanitize(name)} ({each.format})" for name, each in found if each.why != _NO_SIGN]
    if not listed:
        return ()
    shown = sanitize(str(path))
    sentence = f"There is no migration in {shown}, but below it: {', '.join(listed)}. Name one of them with --dir."
    return (Finding(sentence, path, fatal=True),)


def _is_named_as(pattern: re.Pattern[str], names: Sequence[str]) -> bool:
    return any(pattern.fullmatch(name) for name in names)


def _stamped(folder: Folder) -> Folder:
    """Let every script know by whose rules it is read, where its module has not said so."""
    return replace(folder, migrations=tuple(_of(migration, folder.format) for migration in folder.migrations))


def _of(migration: Migration, format: str) -> Migration:
    def stamped(script: Script | None) -> Script | None:
        return None if script is None else replace(script, format=format)

    if all(script is None or script.format == format for script in (migration.up, migration.down, migration.verify)):
        return migration
    return replace(
        migration,
        up=replace(migration.up, format=format),
        down=stamped(migration.down),
        verify=stamped(migration.verify),
    )
