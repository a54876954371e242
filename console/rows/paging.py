"""The two ends from which a table is read, and what its readers, by key and by block, have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from console.db.compose import SQL, Composable, Composed
from console.db.composing import joined, name
from console.db.query import Query, Row
from console.rows import filter as filters
from console.rows.filter import Filter
from console.rows.order import Order, Sort
from console.rows.relation import Relation


class End(Enum):
    """An end of the table: reading goes from there inwards."""

    HEAD = "head"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class View:
    """A relation as a person wants to see it: some of its rows, sorted or not.

    Its statements keep the search_path of the database (`own_path`), since a condition, a view's functions and policies
    look their names up there; all that is ours in them is qualified.
    """

    relation: Relation
    sort: Sort | None = None
    filter: Filter | None = None

    def selected(self, order: Order = ()) -> tuple[Composed, tuple[int, ...]]:
        """Return the SELECT list and where in it the columns of `order` stand; what is not shown comes last."""
        shown = [column.name for column in self.relation.columns]
        hidden = [column.name for column in order if column.name not in shown]
        every = [*shown, *hidden]
        return joined(", ", [name("t", each) for each in every]), tuple(every.index(column.name) for column in order)

    @property
    def source(self) -> Composable:
        """The relation as it stands behind FROM, called `t`."""
        return SQL("{} AS t").format(name(self.relation.schema, self.relation.name))

    def where(self) -> tuple[list[Composable], Mapping[str, str]]:
        """Return the filter as a list of no or one condition, and its parameters. Raises UsageError, BadSql."""
        if self.filter is None:
            return [], {}
        condition, params = filters.where(self.relation, self.filter)
        return [condition], params


@dataclass(frozen=True, slots=True)
class Page:
    """Rows read from an end, in the order in which they were met; `met` means that nothing is left between the ends."""

    rows: list[Row]
    met: bool


class Pager(Protocol):
    """Says what to send for the next page and takes what came back. It remembers where each end has got to.

    No page changes anything before it is accepted, so a reading that failed or was cancelled can simply be repeated.
    """

    @property
    def estimate(self) -> int | None:
        """About how many rows there are, by what was met so far; None where that tells nothing."""

    def queries(self, end: End, size: int) -> tuple[Query, ...]:
        """Return what to send, in one round trip, for about `size` more rows from an end."""

    def accept(self, end: End, size: int, results: Sequence[list[tuple[object, ...]]]) -> Page:
        """Take the results of `queries(end, size)`."""


def conditions(parts: Sequence[Composable]) -> Composable:
    """Return a WHERE of all parts, or nothing."""
    if not parts:
        return SQL("")
    return SQL(" WHERE {}").format(joined(" AND ", [SQL("({})").format(part) for part in parts]))
