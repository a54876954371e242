"""The database itself, its schemas and extensions, the roles it mentions and its default privileges."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.catalog.model.base import Grant, Object, Option, Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Database(Owned):
    """The database; its name is not compared. `settings` are those of ALTER DATABASE … SET, without a role."""

    name: str = field(default="", compare=False)
    encoding: str = ""
    collate: str = ""
    ctype: str = ""
    locale: str | None = None
    locale_provider: str = "c"
    connection_limit: int = -1
    tablespace: str = ""
    settings: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema(Owned):
    """A schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Owned):
    """An extension; its members are not objects of the catalog. `preinstalled` is true of plpgsql as initdb made it."""

    version: str = ""
    schema: str = ""
    relocatable: bool = False
    preinstalled: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Object):
    """A role that owns something here or is named in a grant, policy, mapping or default privilege.

    `settings` are those of ALTER ROLE … IN DATABASE (this one) SET. Passwords are never read.
    """

    superuser: bool = False
    inherit: bool = True
    create_role: bool = False
    create_database: bool = False
    login: bool = False
    replication: bool = False
    bypass_rls: bool = False
    connection_limit: int = -1
    member_of: tuple[str, ...] = ()
    settings: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultPrivileges(Object):
    """ALTER DEFAULT PRIVILEGES FOR ROLE `role` [IN SCHEMA `schema`] … ON `on`.

    `on` is TABLES, SEQUENCES, FUNCTIONS, TYPES, SCHEMAS or LARGE OBJECTS; `schema` is empty for the whole database.
    """

    role: str = ""
    schema: str = ""
    on: str = ""
    grants: tuple[Grant, ...] = ()
    revokes: tuple[Grant, ...] = ()
