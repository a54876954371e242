"""Relations with all that is said of them, each as one digest: the same digest is the same relation. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.catalog.key import Key
from console.catalog.reading.ground import Rows
from console.catalog.reading.relations import KINDS

_RELATIONS = "relations"  # the statement that gives every relation, and a digest of its own row


@dataclass(frozen=True, slots=True)
class Unit:
    """A relation: its oid, its digest, and whether an extension has made it.

    The digest covers its columns, constraints, indexes, triggers, rules, policies, statistics, privileges, comments and
    labels by their names and their texts, never by oids, so that it is the same in every database of one version.
    """

    oid: int
    digest: str
    member: bool = False


def units(rows: Rows, schemas: Mapping[int, str]) -> dict[Key, Unit]:
    """Return the relations in some schemas (by their oids), from the rows of the statements of `queries/digests`."""
    said: dict[int, list[str]] = {row[0]: [row[5]] for row in rows[_RELATIONS]}
    for name in sorted(rows):
        if name != _RELATIONS:
            _add(said, name, rows[name])
    return {
        Key(KINDS[kind], schemas[schema], name): Unit(oid, " ".join(said[oid]), member)
        for oid, schema, name, kind, member, _ in rows[_RELATIONS]
        if schema in schemas
    }


def _add(said: Mapping[int, list[str]], name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for oid, digest in rows:
        if oid in said:
            said[oid].append(f"{name} {digest}")


def differing(a: Mapping[Key, Unit], b: Mapping[Key, Unit]) -> set[Key]:
    """Return the relations that only one side has, or that are not the same on both.

    >>> from console.catalog.key import Kind
    >>> t = Key(Kind.TABLE, "public", "t")
    >>> differing({t: Unit(1, "x")}, {t: Unit(2, "x")}), differing({t: Unit(1, "x")}, {}) == {t}
    (set(), True)
    """
    found = a.keys() ^ b.keys()
    return found | {key for key in a.keys() & b.keys() if a[key].digest != b[key].digest}


def array(oids: Iterable[int]) -> str:
    """Return oids as the server reads an array.

    >>> array([1, 2])
    '{1,2}'
    """
    return f"{{{','.join(map(str, oids))}}}"
