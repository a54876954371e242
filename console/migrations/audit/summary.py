"""Says what an audit has found: one line, ready for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.migrations.audit.facts import Audit, Found, Group, Item, Offer
from console.text import plural, sanitize

_NAMED = 4
_SAID = {
    Found.MISSING: "missing",
    Found.DIFFERS: "different",
    Found.EXTRA: "not expected",
    Found.UNKNOWN: "not known",
}


def summary(audit: Audit) -> str:
    """Say it: `23 tables found, 4 columns missing: …; extension vector available but not installed; 97.4 % …`."""
    if not audit.total:
        return "the migrations make nothing that could be looked for"
    return "; ".join((", ".join((tables(audit), *_columns(audit))), *_objects(audit), *_extensions(audit), rate(audit)))


def tables(audit: Audit) -> str:
    """Say how many tables are found: `23 tables found`, `22 of 23 tables found`."""
    total = len(audit.comparison.tables)
    found = sum(table.item.status is not Found.MISSING for table in audit.comparison.tables)
    return f"{plural(total, 'table')} found" if found == total else f"{found} of {plural(total, 'table')} found"


def rate(audit: Audit) -> str:
    """Say how much is as expected: `97.4 % as expected (1,123 of 1,153)`; 100 % only where nothing is amiss."""
    if audit.rate is None:
        return "nothing is expected"
    percent = audit.rate if audit.passed == audit.total else min(audit.rate, 99.9)
    return f"{percent:.1f} % as expected ({audit.passed:,} of {audit.total:,})"


def share(audit: Audit, group: Group) -> str:
    """Say how many of a group are as expected: `44/46`; a dash where none is expected."""
    items = [item for item in audit.comparison.expected() if item.group is group]
    return f"{sum(item.status is Found.PRESENT for item in items)}/{len(items)}" if items else "–"


def named(items: Sequence[Item]) -> str:
    """Return the first names, and how many more there are."""
    names = ", ".join(sanitize(str(item.key)) for item in items[:_NAMED])
    return names if len(items) <= _NAMED else f"{names} and {len(items) - _NAMED:,} more"


def _columns(audit: Audit) -> Iterator[str]:
    yield from _sentences(audit, Group.COLUMNS)


def _objects(audit: Audit) -> Iterator[str]:
    for group in Group:
        if group not in (Group.COLUMNS, Group.EXTENSIONS):
            yield from _sentences(audit, group)


def _sentences(audit: Audit, group: Group) -> Iterator[str]:
    """Say what of a group is not as expected; what goes with a missing table is not named beside it."""
    there = [item for item in audit.comparison.with_parents_there() if item.group is group]
    for status, said in _SAID.items():
        items = [item for item in there if item.status is status]
        if items:
            one, many = ("other object", "other objects") if group is Group.OTHERS else (group.one, group.value)
            yield f"{plural(len(items), one, many)} {said}: {named(items)}"


def _extensions(audit: Audit) -> Iterator[str]:
    for each in audit.comparison.extensions:
        if each.offer is not Offer.INSTALLED:
            yield sanitize(each.sentence)
        elif each.item.status is not Found.PRESENT:
            yield sanitize(f"{each.sentence}, but {each.item.detail}")
