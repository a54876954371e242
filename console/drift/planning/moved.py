"""What only seems to change: texts that name what an extension brings, when the extension goes to another schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from console.catalog.compare import Action, Change
from console.catalog.model import Extension, Key
from console.drift.ground import Ground
from console.sql.quoting import ident


def real(ground: Ground, changes: Iterable[Change]) -> Iterator[Change]:
    """Return the changes that are more than another schema in front of the same name."""
    changes = tuple(changes)
    moved = dict(_moved(changes))
    if not moved:
        return iter(changes)
    return _real(ground, changes, moved)


def _real(ground: Ground, changes: tuple[Change, ...], moved: Mapping[Key, tuple[str, str]]) -> Iterator[Change]:
    for change in changes:
        if change.action is Action.ALTER and not isinstance(change.after, Extension):
            ways = [moved[each] for each in _needed(ground, change.key) if each in moved]
            if ways and all(_same(each.before, each.after, ways) for each in change.differences):
                continue
        yield change


def _moved(changes: Iterable[Change]) -> Iterator[tuple[Key, tuple[str, str]]]:
    for change in changes:
        before, after = change.before, change.after
        if not (isinstance(before, Extension) and isinstance(after, Extension) and before.relocatable):
            continue
        if before.schema != after.schema:
            yield change.key, (f"{ident(before.schema)}.", f"{ident(after.schema)}.")


def _needed(ground: Ground, key: Key) -> tuple[Key, ...]:
    return ground.a.needed.get(key, ())


def _same(before: object, after: object, ways: list[tuple[str, str]]) -> bool:
    text = repr(before)
    for was, now in ways:
        text = text.replace(was, now)
    return text == repr(after)
