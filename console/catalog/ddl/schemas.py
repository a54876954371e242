"""Statements for what stands above schemas: schemas, extensions, the database's own settings, default privileges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from console.catalog.ddl import grants
from console.catalog.ddl.grants import Said
from console.catalog.model import Catalog, Database, DefaultPrivileges, Extension, Grant, Option, Role, Schema
from console.sql.quoting import dollars, ident, literal

# What ALTER … SET takes as a list of words; a single quoted value would become one word with commas in it.
_LISTS = frozenset({"search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries"})


def schema(made: Schema) -> Iterator[str]:
    """Create a schema; a new database has public already."""
    existing = "IF NOT EXISTS " if made.key.name == "public" else ""
    yield f"CREATE SCHEMA {existing}{ident(made.key.name)}"


def extension(made: Extension) -> Iterator[str]:
    """Create an extension with the version that the server has; plpgsql is there already."""
    if not made.preinstalled:
        within = f" WITH SCHEMA {ident(made.schema)}" if made.schema not in ("", "pg_catalog") else ""
        yield f"CREATE EXTENSION IF NOT EXISTS {ident(made.key.name)}{within}"


def default_privileges(made: DefaultPrivileges) -> Iterator[str]:
    """Set what objects made later will be granted."""
    within = f" IN SCHEMA {ident(made.schema)}" if made.schema else ""
    head = f"ALTER DEFAULT PRIVILEGES FOR ROLE {ident(made.role)}{within} "
    yield from (head + each.text for each in grants.statements(made.on, made.grants, made.revokes))


def settings(catalog: Catalog) -> Iterator[str]:
    """Set what ALTER DATABASE and ALTER ROLE … IN DATABASE have set, whatever the database is called where it runs."""
    for database in catalog.of(Database):
        yield from (here(head(database), f"SET {assigned(option)}") for option in database.settings)
    for role in catalog.roles.values():
        yield from (here(head(role), f"SET {assigned(option)}") for option in role.settings)


def head(made: Database | Role) -> str:
    """Return how a statement about the settings of a database begins, or of a role in it; %I is the database."""
    if isinstance(made, Database):
        return "ALTER DATABASE %I"
    return f"ALTER ROLE {ident(made.key.name).replace('%', '%%')} IN DATABASE %I"


def database(made: Database) -> Iterator[str]:
    """Set the database's comment and privileges, whatever it is called where it runs."""
    if made.comment is not None:
        yield here("COMMENT ON DATABASE %I", f"IS {literal(made.comment)}")
    yield from granted(grants.statements("DATABASE %I", escaped(made.grants), escaped(made.revokes)))


def granted(said: Iterable[Said]) -> Iterator[str]:
    """Return what is said of `DATABASE %I` as statements about the current database."""
    return grants.spoken(each._replace(text=here(each.text, "")) for each in said)


def escaped(privileges: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """Return privileges whose grantees can stand in a format."""
    return tuple(each._replace(grantee=each.grantee.replace("%", "%%")) for each in privileges)


def setting(name: str) -> str:
    """Return the name of a setting as SQL wants it."""
    return ident(name) if "." not in name else name


def assigned(option: Option) -> str:
    """Return `work_mem TO '8MB'`."""
    listed = option.name in _LISTS and option.value
    value = ", ".join(_listed(option.value)) if listed else literal(option.value)
    return f"{setting(option.name)} TO {value}"


def _listed(value: str) -> Iterator[str]:
    """Return the words of a list, which may be empty ones.

    >>> [*_listed('a, "B c", ""')]
    ["'a'", "'B c'", "''"]
    """
    for quoted, plain in re.findall(r'"((?:[^"]|"")*)"|([^",\s]+)', value):
        yield literal(plain or quoted.replace('""', '"'))


def here(head: str, rest: str) -> str:
    """Return a statement about the current database, whose name no statement but EXECUTE can leave open."""
    text = f"{head} {rest.replace('%', '%%')}".strip()
    return f"DO {dollars(f'BEGIN EXECUTE format({literal(text)}, current_database()); END')}"
