"""Types: enum, composite, domain, range, base and shell."""

from __future__ import annotations

from dataclasses import dataclass

from console.catalog.model.base import Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum(Owned):
    """An enum with its labels in order."""

    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of a composite type; `collation` where it is not the type's own."""

    name: str
    type: str
    collation: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite(Owned):
    """A stand-alone composite type."""

    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainConstraint:
    """A check, or a NOT NULL (PostgreSQL 17) whose name is not the server's own choice, `DOMAIN_not_null`.

    `type` is c or n; `definition` is pg_get_constraintdef's text.
    """

    name: str
    type: str
    definition: str | None
    validated: bool = True
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Owned):
    """A domain; `collation` where it is not the base type's own."""

    base: str
    not_null: bool = False
    default: str | None = None
    collation: str | None = None
    constraints: tuple[DomainConstraint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Owned):
    """A range type in its parts, all qualified and quoted names; "" where the default holds.

    `multirange` is the multirange type's own qualified name, which the server chooses when it is not said.
    """

    subtype: str
    subtype_opclass: str = ""
    collation: str | None = None
    canonical: str = ""
    subtype_diff: str = ""
    multirange: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseType(Owned):
    """A base type in its parts; functions and types are qualified and quoted names, "" where there is none.

    `length` is bytes, -1 variable, -2 a C string; `alignment` c, s, i, d; `storage` p, e, m, x.
    """

    input: str
    output: str
    receive: str = ""
    send: str = ""
    typmod_in: str = ""
    typmod_out: str = ""
    analyze: str = ""
    subscript: str = ""
    length: int = -1
    by_value: bool = False
    alignment: str = "i"
    storage: str = "p"
    category: str = "U"
    preferred: bool = False
    default: str | None = None
    element: str = ""
    delimiter: str = ","
    collatable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellType(Owned):
    """A type that has been named and not yet defined."""
