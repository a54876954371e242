"""What all objects have in common: identity, comment, owner, grants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from console.catalog.key import Key


class Grant(NamedTuple):
    """One privilege of one grantee.

    `grantee` is a role's name, "public" for PUBLIC (no role can have that name). `privilege` is SQL's word: SELECT.
    `grantor` is who gave it, empty where that is the object's owner.
    """

    grantee: str
    privilege: str
    grantable: bool = False
    grantor: str = ""


class Label(NamedTuple):
    """One security label."""

    provider: str
    label: str


class Option(NamedTuple):
    """One `name=value` of a reloptions or fdwoptions array."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """Anything with an identity. Two objects are equal when they mean the same; `oid` is never compared.

    `extensions` are those with which it goes (ALTER … DEPENDS ON EXTENSION).
    """

    key: Key
    comment: str | None = None
    extensions: tuple[str, ...] = ()
    oid: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned(Object):
    """An object with an owner and privileges.

    `grants` are the privileges beyond those that the kind has by default, `revokes` the default ones that were taken
    away (from the owner or from PUBLIC); both are empty for an untouched object, and for one put back by hand.
    """

    owner: str = ""
    grants: tuple[Grant, ...] = ()
    revokes: tuple[Grant, ...] = ()
    security_labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Object):
    """An object of an extension, of the system, or a large object, of which only the changed privileges are known.

    `extension` is empty for what is no extension's. `grants` and `revokes` are relative to what it came with.
    """

    extension: str = ""
    grants: tuple[Grant, ...] = ()
    revokes: tuple[Grant, ...] = ()
