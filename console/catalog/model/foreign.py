"""Foreign data and replication: wrappers, servers, user mappings, publications, subscriptions. Never a secret."""

from __future__ import annotations

from dataclasses import dataclass

from console.catalog.key import Key
from console.catalog.model.base import Label, Object, Option, Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignDataWrapper(Owned):
    """A foreign data wrapper; functions are qualified, quoted names, "" for none; `hidden` as of a user mapping."""

    handler: str = ""
    validator: str = ""
    options: tuple[Option, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Server(Owned):
    """A foreign server; `hidden` as of a user mapping."""

    wrapper: str
    type: str | None = None
    version: str | None = None
    options: tuple[Option, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UserMapping(Object):
    """A user mapping; `user` is "public" for PUBLIC. `hidden` are the names of options whose values are secrets.

    `kept` says that the server keeps all of them from the role that has read it.
    """

    user: str
    server: str
    options: tuple[Option, ...] = ()
    hidden: tuple[str, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table in a publication; `columns` is None for all of them, `where` None for all rows."""

    table: Key
    columns: tuple[str, ...] | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Object):
    """A publication; `operations` are those published, of insert, update, delete, truncate.

    `generated` is n (none) or s (stored), PostgreSQL 18.
    """

    owner: str = ""
    all_tables: bool = False
    operations: tuple[str, ...] = ()
    via_root: bool = False
    generated: str = "n"
    tables: tuple[PublishedTable, ...] = ()
    schemas: tuple[str, ...] = ()
    security_labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(Object):
    """A subscription without its connection string, which is secret.

    `options` are those of WITH (…) as the server keeps them, by name; what a version does not know is not there.
    """

    owner: str = ""
    enabled: bool = False
    publications: tuple[str, ...] = ()
    slot: str | None = None
    options: tuple[Option, ...] = ()
    security_labels: tuple[Label, ...] = ()
