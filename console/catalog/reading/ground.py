"""What every builder stands on: names of schemas and roles, comments, privileges, who is whose, who is locked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from console.catalog.model import Catalog, Edge, Grant, Key, Label, Measure, Object, Option, Role
from console.catalog.reading import classes

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
Privileges = tuple[tuple[Grant, ...], tuple[Grant, ...]]

_SYSTEM = frozenset({"pg_catalog", "information_schema"})
_SECRET = ("password", "passwd", "secret", "token", "credential", "api_key", "apikey", "access_key")
_NOTHING: Privileges = ((), ())
_NO_NAMES: Mapping[int, Key] = MappingProxyType({})


@dataclass(slots=True)
class Ground:
    """The rows of one reading and what has been made of them so far.

    `keys` finds an identity by the oids of its catalog and its own. `columns` are the columns' names by number for
    each relation's oid. `unread` are the oids of relations of which nothing but the name is known.
    """

    version: int
    rows: Rows
    schemas: dict[int, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    members: dict[tuple[int, int], int] = field(default_factory=dict)
    comments: dict[tuple[int, int, int], str] = field(default_factory=dict)
    labels: dict[tuple[int, int, int], tuple[Label, ...]] = field(default_factory=dict)
    privileges: dict[tuple[int, int, int], Privileges] = field(default_factory=dict)
    locks: dict[int, int] = field(default_factory=dict)
    keys: dict[tuple[int, int], Key] = field(default_factory=dict)
    columns: dict[int, dict[int, str]] = field(default_factory=dict)
    objects: dict[Key, Object] = field(default_factory=dict)
    server_roles: dict[str, Role] = field(default_factory=dict)
    measures: dict[Key, Measure] = field(default_factory=dict)
    locked: dict[Key, int] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    unread: frozenset[int] = frozenset()

    @classmethod
    def of(cls, version: int, rows: Rows, unread: Mapping[int, Key] = _NO_NAMES) -> Ground:
        """Prepare the names and notes that all builders look up."""
        ground = cls(version, rows, unread=frozenset(unread))
        ground.keys = {(classes.CLASS, oid): key for oid, key in unread.items()}
        ground.schemas = {oid: name for oid, name, _ in rows["namespaces"] if name not in _SYSTEM}
        ground.roles = {row[0]: row[1] for row in rows["roles"]}
        ground.members = {(catalog, oid): extension for catalog, oid, extension in rows["members"]}
        ground.comments = {(catalog, oid, sub): text for catalog, oid, sub, text in rows["comments"]}
        ground.locks = dict(rows["locks"])
        for catalog, oid, sub, provider, label in rows["labels"]:
            place = (catalog, oid, sub)
            ground.labels[place] = (*ground.labels.get(place, ()), Label(provider, label))
        ground.privileges = {(row[0], row[1], row[2]): privileges(row[3]) for row in rows["grants"]}
        return ground

    def ours(self, catalog: int, oid: int, schema: int | None = None) -> bool:
        """Tell whether an object is neither the system's (by its schema's oid) nor an extension's."""
        return (schema is None or schema in self.schemas) and (catalog, oid) not in self.members

    def note(self, catalog: int, oid: int) -> dict[str, Any]:
        """Return the fields of an Object beside its key."""
        return {"oid": oid, "comment": self.comments.get((catalog, oid, 0))}

    def owned(self, catalog: int, oid: int, owner: int) -> dict[str, Any]:
        """Return the fields of an Owned beside its key."""
        place = (catalog, oid, 0)
        grants, revokes = self.privileges.get(place, _NOTHING)
        return {
            "oid": oid,
            "comment": self.comments.get(place),
            "owner": self.role(owner),
            "grants": grants,
            "revokes": revokes,
            "security_labels": self.labels.get(place, ()),
        }

    def role(self, oid: int) -> str:
        """Return a role's name; one that is gone is called by its number, as PostgreSQL does."""
        return self.roles.get(oid) or f"unknown (OID={oid})"

    def add(self, catalog: int, value: Object) -> None:
        """Put an object into the catalog."""
        self.keys[catalog, value.oid] = value.key
        self.objects[value.key] = value

    def relation(self, oid: int) -> Key | None:
        """Return the identity of a table, view, sequence or index."""
        return self.keys.get((classes.CLASS, oid))

    def column_names(self, relation: int, numbers: Iterable[int] | None) -> tuple[str, ...]:
        """Return the names of columns by number; those of expressions (0) are left out."""
        names = self.columns.get(relation, {})
        return tuple(names[number] for number in numbers or () if number in names)

    def hide(self, key: Key, *relations: int) -> None:
        """Remember that a lock on one of the relations (or on one not known) hid an object's definition."""
        pids = [self.locks[oid] for oid in relations if oid in self.locks] or [*self.locks.values(), 0]
        self.locked[key] = pids[0]

    def catalog(self) -> Catalog:
        """Return all that was made, in the order of the identities."""
        objects = {key: self.objects[key] for key in sorted(self.objects)}
        return Catalog(
            self.version,
            objects,
            tuple(self.edges),
            self.server_roles,
            self.measures,
            dict(sorted(self.locked.items())),
            frozenset(self.keys[classes.CLASS, oid] for oid in self.unread),
        )


def privileges(text: str | None) -> Privileges:
    """Return what was granted and what was revoked, from the JSON that the queries make of it.

    >>> privileges('[[true, "app", "SELECT", false], [false, "public", "EXECUTE", false]]')[1]
    (Grant(grantee='public', privilege='EXECUTE', grantable=False, grantor=''),)
    """
    if not text:
        return _NOTHING
    items = json.loads(text)
    granted = tuple(Grant(*rest) for given, *rest in items if given)
    return granted, tuple(Grant(*rest) for given, *rest in items if not given)


def options(entries: Sequence[str] | None) -> tuple[Option, ...]:
    """Return `name=value` entries as options, in the server's order, which statements and pg_dump keep.

    >>> options(["fillfactor=70", "autovacuum_enabled=false"])
    (Option(name='fillfactor', value='70'), Option(name='autovacuum_enabled', value='false'))
    """
    return tuple(Option(*entry.partition("=")[::2]) for entry in entries or ())


def secretless(entries: Sequence[str] | None) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """Return the options whose values may be shown, and the names of those that hold secrets.

    >>> secretless(["user=app", "password=x"])
    ((Option(name='user', value='app'),), ('password',))
    """
    found = options(entries)
    secret = {option.name for option in found if any(word in option.name.lower() for word in _SECRET)}
    return tuple(option for option in found if option.name not in secret), tuple(sorted(secret))


def named(function: str | None) -> str:
    """Return a regproc's text, empty where it is "-", PostgreSQL's sign for none.

    >>> named("-"), named("public.f"), named(None)
    ('', 'public.f', '')
    """
    return "" if function is None or function == "-" else function
