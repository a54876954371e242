"""What an audit has found, as frozen values; no name in them is made harmless for a terminal yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from console.catalog.model import Key, Kind

_FINE, _FINDINGS, _INCOMPLETE = 0, 1, 6


class Found(StrEnum):
    """How what is expected stands in the target; EXTRA is a column that is not expected in a table that is."""

    PRESENT = "present"
    DIFFERS = "differs"
    MISSING = "missing"
    UNKNOWN = "unknown"
    EXTRA = "extra"


class Group(StrEnum):
    """What is counted together, as a summary names it."""

    TABLES = "tables"
    COLUMNS = "columns"
    VIEWS = "views"
    INDEXES = "indexes"
    CONSTRAINTS = "constraints"
    FUNCTIONS = "functions"
    TRIGGERS = "triggers"
    POLICIES = "policies"
    TYPES = "types"
    OTHERS = "others"
    EXTENSIONS = "extensions"

    @property
    def one(self) -> str:
        """The word for one of it."""
        return _ONE.get(self, self.value.removesuffix("s"))


_ONE = {Group.INDEXES: "index", Group.POLICIES: "policy"}
_GROUPS = {
    **dict.fromkeys((Kind.TABLE, Kind.FOREIGN_TABLE), Group.TABLES),
    **dict.fromkeys((Kind.VIEW, Kind.MATERIALIZED_VIEW), Group.VIEWS),
    **dict.fromkeys((Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE), Group.FUNCTIONS),
    **dict.fromkeys((Kind.TRIGGER, Kind.EVENT_TRIGGER), Group.TRIGGERS),
    **dict.fromkeys((Kind.TYPE, Kind.DOMAIN), Group.TYPES),
    Kind.COLUMN: Group.COLUMNS,
    Kind.INDEX: Group.INDEXES,
    Kind.CONSTRAINT: Group.CONSTRAINTS,
    Kind.POLICY: Group.POLICIES,
    Kind.EXTENSION: Group.EXTENSIONS,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One object or column, and how it is found. `detail` says in what it differs, or why that is not known.

    `migration` is the label of the one that makes it, or that changed it last, and `pending` says that this one is
    not applied. Of a column `expected` and `found` are its types, None on the side where it is not. `relation` is
    schema and name of the table that it is a part of, None for what stands alone.
    """

    key: Key
    status: Found
    detail: str = ""
    migration: str = ""
    pending: bool = False
    expected: str | None = None
    found: str | None = None
    relation: tuple[str, str] | None = None

    @property
    def group(self) -> Group:
        """With what it is counted."""
        return _GROUPS.get(self.key.kind, Group.OTHERS)


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows a table has: counted, or estimated by the planner; `reason` says why they were not counted."""

    number: int | None = None
    counted: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table: what it is itself, its columns with those that are besides, and its rows."""

    item: Item
    columns: tuple[Item, ...]
    rows: Rows = Rows()

    @property
    def status(self) -> Found:
        """How it stands with its columns."""
        if self.item.status is Found.PRESENT and any(each.status is not Found.PRESENT for each in self.columns):
            return Found.DIFFERS
        return self.item.status


class Offer(StrEnum):
    """How an extension stands: there, to be made there, or not known to the server."""

    INSTALLED = "installed"
    AVAILABLE = "available"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ExtensionFound:
    """An extension that the migrations make; `version` is the installed one, else the one the server offers."""

    item: Item
    offer: Offer
    version: str = ""

    @property
    def sentence(self) -> str:
        """Say it: `extension vector available but not installed`."""
        said = {
            Offer.INSTALLED: "installed",
            Offer.AVAILABLE: "available but not installed",
            Offer.ABSENT: "neither installed nor offered by the server",
        }
        return f"extension {self.item.key.name} {said[self.offer]}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is expected, beside what is found. `besides` are the tables that no migration makes."""

    tables: tuple[TableFound, ...]
    objects: tuple[Item, ...]
    extensions: tuple[ExtensionFound, ...]
    besides: tuple[Key, ...] = ()

    def expected(self) -> Iterator[Item]:
        """Yield each thing that is expected, a table apart from its columns."""
        for table in self.tables:
            yield table.item
            yield from (column for column in table.columns if column.status is not Found.EXTRA)
        yield from self.objects
        yield from (each.item for each in self.extensions)

    def with_parents_there(self) -> Iterator[Item]:
        """Yield what is expected and what is besides, without the parts of tables that are missing."""
        gone = {(table.item.key.schema, table.item.key.name) for table in self.tables if _missing(table.item)}
        extra = (column for table in self.tables for column in table.columns if column.status is Found.EXTRA)
        for item in (*self.expected(), *extra):
            if item.relation not in gone:
                yield item


def _missing(item: Item) -> bool:
    return item.status is Found.MISSING


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one target.

    `made_in` is the version of the server in which the expected was made; where it is not of the target's major
    version, `comparable` is false: then only names, and of columns types and NOT NULL, are compared. `pending` are the
    labels of migrations that are not applied.
    """

    target: str
    server: str
    database: str
    folder: Path
    migrations: int
    pending: tuple[str, ...]
    made_in: str
    comparable: bool
    comparison: Comparison
    exact: bool = False

    @property
    def total(self) -> int:
        """How much is expected: tables, columns and everything else, each one."""
        return sum(1 for _ in self.comparison.expected())

    @property
    def passed(self) -> int:
        """How much of it is there as expected."""
        return self.count(Found.PRESENT)

    def count(self, status: Found) -> int:
        """Count what is expected and stands so."""
        return sum(item.status is status for item in self.comparison.expected())

    @property
    def rate(self) -> float | None:
        """How much of it is there as expected, in percent; None where nothing is expected."""
        return 100 * self.passed / self.total if self.total else None

    @property
    def exit_code(self) -> int:
        """1 when anything is missing or differs, 6 when that is not known of something, else 0."""
        stands = {item.status for item in self.comparison.with_parents_there()}
        if stands & {Found.MISSING, Found.DIFFERS, Found.EXTRA}:
            return _FINDINGS
        return _INCOMPLETE if Found.UNKNOWN in stands else _FINE
