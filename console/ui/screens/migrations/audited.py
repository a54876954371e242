"""An audit as rows for the grid; pure."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from console.migrations.audit.facts import Audit, Found, Group, Item, TableFound
from console.migrations.audit.summary import share
from console.rows.source import Listed
from console.text import count
from console.ui.screens.migrations.lists import PANE, columns

_SIGNS = {Found.PRESENT: "✓", Found.MISSING: "✗", Found.DIFFERS: "≠", Found.EXTRA: "+", Found.UNKNOWN: "–"}
_LEFT = 12  # cells of sign and numbers before the words
_SAID = {Found.MISSING: "missing", Found.DIFFERS: "differs", Found.EXTRA: "not expected", Found.UNKNOWN: "not known"}


def rows(found: Audit) -> Listed:
    """Return a row for each table and group, and below it what of it is not as expected."""
    head = columns("", "found", "rows", "expected", numeric=("found", "rows"))
    return Listed(head, [*_tables(found), *_groups(found)])


def _tables(found: Audit) -> Iterator[tuple[str, ...]]:
    for table in sorted(found.comparison.tables, key=lambda each: each.status is Found.PRESENT):
        there = sum(column.status is Found.PRESENT for column in table.columns)
        expected = sum(column.status is not Found.EXTRA for column in table.columns)
        yield _SIGNS[table.status], f"{there}/{expected}", _rows(table), str(table.item.key)
        for item in (table.item, *table.columns):
            if item.status is not Found.PRESENT and table.item.status is not Found.MISSING:
                yield from _told(item)


def _rows(table: TableFound) -> str:
    number = table.rows.number
    if number is None:
        return ""
    return count(number) if table.rows.counted else f"~{count(number)}"


def _groups(found: Audit) -> Iterator[tuple[str, ...]]:
    shown = frozenset(found.comparison.with_parents_there())
    for group in Group:
        items = [item for item in found.comparison.objects if item.group is group]
        if items:
            yield _worst(items), share(found, group), "", group.value
            for item in items:
                if item.status is not Found.PRESENT and item in shown:
                    yield from _told(item)
    for each in found.comparison.extensions:
        yield _SIGNS[each.item.status], "", "", each.sentence
    for key in found.comparison.besides:
        yield "·", "", "", f"{key}: no migration makes it"


def _worst(items: list[Item]) -> str:
    stands = {item.status for item in items}
    return next((_SIGNS[each] for each in (Found.MISSING, Found.DIFFERS, Found.UNKNOWN) if each in stands), "✓")


def _told(item: Item) -> Iterator[tuple[str, ...]]:
    by = f", made by {item.migration}{' (pending)' if item.pending else ''}" if item.migration else ""
    said = f"{item.key.kind} {item.key}: {_SAID[item.status]}{by}"
    for number, line in enumerate(wrap(said, PANE - _LEFT)):
        yield _SIGNS[item.status] if not number else "", "", "", f"{'  ' if number else '· '}{line}"
    for line in wrap(item.detail, PANE - _LEFT):
        yield "", "", "", f"  {line}"
