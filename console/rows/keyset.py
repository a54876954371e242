"""Pages by key: the rows after the last one seen, from either end, whatever was inserted or deleted meanwhile.

An end that has been reached by the other one bounds it, so the page in which both meet is short, and the end is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.db.compose import SQL, Composable
from console.db.query import Query, Row
from console.rows.order import Order, Values, after, order_by, order_of, reverse
from console.rows.paging import End, Page, View, conditions


class KeysetPager:
    """Pages through a relation in a total order: by its key, or sorted and tied by its key or the rows' places."""

    def __init__(self, view: View) -> None:
        """Begin at both ends. Raises UsageError and BadSql when the sort or the filter cannot be composed."""
        self._view = view
        self._order = order_of(view.relation, view.sort)
        self._selected, self._places = view.selected(self._order)
        self._where, self._params = view.where()
        self._edges: dict[End, Values] = {}

    @property
    def estimate(self) -> int | None:
        """Nothing: a key does not tell how many there are."""
        return None

    def queries(self, end: End, size: int) -> tuple[Query, ...]:
        """Return the one statement of a page."""
        statement, params = self.page(end)
        return (Query(statement, {**params, "size": size}, as_text=True, own_path=True),)

    def page(self, end: End) -> tuple[Any, Mapping[str, str]]:
        """Return the statement of the next page from an end, without its size, and its parameters."""
        orders = {End.HEAD: self._order, End.TAIL: reverse(self._order)}
        parts, params = list(self._where), dict(self._params)
        for side, values in self._edges.items():
            condition, more = after(orders[side], values, "h" if side is End.HEAD else "t")
            parts.append(condition)
            params.update(more)
        return self._statement(orders[end], parts), params

    def accept(self, end: End, size: int, results: Sequence[list[tuple[Any, ...]]]) -> Page:
        """Remember the last row's values, and drop those that are not shown."""
        rows: list[Row] = results[0]
        if rows:
            self._edges[end] = tuple(rows[-1][place] for place in self._places)
        width = len(self._view.relation.columns)
        shown = rows if not rows or len(rows[0]) == width else [row[:width] for row in rows]
        return Page(shown, met=len(rows) < size)

    def _statement(self, order: Order, parts: Sequence[Composable]) -> Composable:
        return SQL("SELECT {} FROM {}{} ORDER BY {} LIMIT %(size)s").format(
            self._selected, self._view.source, conditions(parts), order_by(order)
        )
