"""Which tabs an object has, and behind which of them a part of a relation is found; pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from console.catalog.entries import Entry
from console.catalog.key import Kind

DATA, DDL, PARTITIONS = "data", "ddl", "partitions"
ABOUT, MEMBERS = "about", "members"
LISTS = ("columns", "indexes", "constraints", "policies", "triggers", "used_by")
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "columns": "Columns",
        "indexes": "Indexes",
        "constraints": "Constraints",
        "policies": "Policies",
        "triggers": "Triggers",
        PARTITIONS: "Partitions",
        "used_by": "Used by",
        DATA: "Data",
        DDL: "DDL",
        ABOUT: "About",
        MEMBERS: "Members",
    }
)
WITH_LISTS = frozenset({Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.EXTENSION})
_PARTS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.COLUMN: "columns",
        Kind.INDEX: "indexes",
        Kind.CONSTRAINT: "constraints",
        Kind.POLICY: "policies",
        Kind.TRIGGER: "triggers",
        Kind.RULE: "triggers",
    }
)


def tabs_of(entry: Entry) -> tuple[str, ...]:
    """Return the tabs of an object, left to right."""
    if entry.kind is Kind.TABLE and "partitioned" in entry.detail:
        return (*LISTS[:-1], PARTITIONS, LISTS[-1], DATA, DDL)
    if entry.kind is Kind.TABLE:
        return (*LISTS, DATA, DDL)
    if entry.kind is Kind.MATERIALIZED_VIEW:
        return ("columns", "indexes", "used_by", DATA, DDL)
    if entry.kind is Kind.FOREIGN_TABLE:
        return ("columns", "constraints", "triggers", "used_by", DATA, DDL)
    if entry.kind is Kind.VIEW:
        return ("columns", "triggers", "used_by", DATA, DDL)
    if entry.kind is Kind.EXTENSION:
        return (ABOUT, MEMBERS, DDL)
    return (DDL,)


def tab_of_part(kind: Kind) -> str:
    """Return the tab of the relation that lists parts of a kind, empty for what is no part of one."""
    return _PARTS.get(kind, "")
