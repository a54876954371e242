"""Statements for types: enum, composite, domain, range, base and shell."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl.naming import described, name
from console.catalog.model import BaseType, Composite, Domain, DomainConstraint, Enum, Range, ShellType
from console.sql.quoting import clauses, ident, literal

_ALIGNMENTS = {"c": "char", "s": "int2", "i": "int4", "d": "double"}
_STORAGES = {"p": "plain", "e": "external", "m": "main", "x": "extended"}


def shell(made: BaseType | Range | ShellType) -> Iterator[str]:
    """Name a type, so that the functions it is made of can speak of it."""
    yield f"CREATE TYPE {name(made.key)}"


def enum(made: Enum) -> Iterator[str]:
    """Create an enum."""
    labels = ",\n    ".join(literal(label) for label in made.labels)
    yield f"CREATE TYPE {name(made.key)} AS ENUM (" + (f"\n    {labels}\n)" if labels else ")")


def composite(made: Composite) -> Iterator[str]:
    """Create a composite type."""
    lines = (
        f"{ident(each.name)} {each.type}" + (f" COLLATE {each.collation}" if each.collation else "")
        for each in made.attributes
    )
    attributes = ",\n    ".join(lines)
    yield f"CREATE TYPE {name(made.key)} AS (" + (f"\n    {attributes}\n)" if attributes else ")")


def domain(made: Domain, *, bare: bool = False) -> Iterator[str]:
    """Create a domain; a bare one gets its default and constraints later, by `domain_rest`."""
    parts = [f"CREATE DOMAIN {name(made.key)} AS {made.base}"]
    if made.collation:
        parts.append(f"COLLATE {made.collation}")
    if made.default is not None and not bare:
        parts.append(f"DEFAULT {made.default}")
    named = any(each.type == "n" for each in made.constraints)
    if made.not_null and not named:
        parts.append("NOT NULL")
    inline = () if bare else tuple(each for each in made.constraints if each.validated and each.definition)
    parts += [f"\n    CONSTRAINT {ident(each.name)} {each.definition}" for each in inline]
    yield " ".join(parts).replace(" \n", "\n")
    if not bare:
        yield from (_constraint(made, each) for each in made.constraints if not each.validated and each.definition)


def domain_rest(made: Domain) -> Iterator[str]:
    """Give a bare domain its default and its constraints."""
    if made.default is not None:
        yield f"ALTER {described(made)} SET DEFAULT {made.default}"
    yield from (_constraint(made, each) for each in made.constraints if each.definition)


def _constraint(made: Domain, each: DomainConstraint) -> str:
    return f"ALTER {described(made)} ADD CONSTRAINT {ident(each.name)} {each.definition}"


def range_type(made: Range) -> Iterator[str]:
    """Create a range type."""
    said = {
        "subtype": made.subtype,
        "subtype_opclass": made.subtype_opclass,
        "collation": made.collation,
        "canonical": made.canonical,
        "subtype_diff": made.subtype_diff,
        "multirange_type_name": made.multirange,
    }
    yield f"CREATE TYPE {name(made.key)} AS RANGE ({clauses(said)})"


def base(made: BaseType) -> Iterator[str]:
    """Create a base type of its functions; its name is there already as a shell."""
    said = {
        "INPUT": made.input,
        "OUTPUT": made.output,
        "RECEIVE": made.receive,
        "SEND": made.send,
        "TYPMOD_IN": made.typmod_in,
        "TYPMOD_OUT": made.typmod_out,
        "ANALYZE": made.analyze,
        "SUBSCRIPT": made.subscript,
        "INTERNALLENGTH": "VARIABLE" if made.length == -1 else str(made.length),
        "PASSEDBYVALUE": made.by_value,
        "ALIGNMENT": _ALIGNMENTS[made.alignment],
        "STORAGE": _STORAGES[made.storage],
        "CATEGORY": literal(made.category) if made.category != "U" else "",
        "PREFERRED": "true" if made.preferred else "",
        "DEFAULT": literal(made.default) if made.default is not None else "",
        "ELEMENT": made.element,
        "DELIMITER": literal(made.delimiter) if made.delimiter != "," else "",
        "COLLATABLE": "true" if made.collatable else "",
    }
    yield f"CREATE TYPE {name(made.key)} ({clauses(said)})"
