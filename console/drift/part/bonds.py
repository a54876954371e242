"""Which changes of a drift come and go together: what one needs to be made, and what would be left hanging. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from console.catalog.compare import Action, Change
from console.drift.ground import Side
from console.drift.part.changed import VIEWS, Changed, Mark, is_grave, mark
from console.drift.part.ties import Ties
from console.drift.part.trees import Trees


@dataclass(eq=False)
class Bonds:
    """The bonds between the changes that turn `a` into `b`; `needs` says what has to come with each.

    Rather too much comes than too little: what is taken has to be a schema that can be.
    """

    a: Side
    b: Side
    changes: tuple[Change, ...]
    needs: Mapping[Mark, Set[Mark]] = field(init=False)
    needed_by: Mapping[Mark, Set[Mark]] = field(init=False)

    def __post_init__(self) -> None:
        """Find all of them at once."""
        forth: defaultdict[Mark, set[Mark]] = defaultdict(set)
        back: defaultdict[Mark, set[Mark]] = defaultdict(set)
        for one, other in self._pairs(Changed(self.a, self.b, self.changes)):
            if one != other:
                forth[one].add(other)
                back[other].add(one)
        self.needs, self.needed_by = forth, back

    def with_needs(self, marks: Iterable[Mark]) -> frozenset[Mark]:
        """Return changes with all that has to come with them."""
        return _closed(self.needs, marks)

    def with_needing(self, marks: Iterable[Mark]) -> frozenset[Mark]:
        """Return changes with all that cannot stay without them."""
        return _closed(self.needed_by, marks)

    def _pairs(self, changed: Changed) -> Iterator[tuple[Mark, Mark]]:
        """Yield a change and one that it needs."""
        ties = Ties(changed)
        for change in self.changes:
            one = mark(change)
            for other in (*_along(changed, change), *ties.needs(change)):
                yield one, other
            for other in ties.together(change):
                yield one, other
                yield other, one
        yield from ties.names()
        yield from ties.casts()
        yield from Trees(changed).pairs()


def _along(changed: Changed, change: Change) -> Iterator[Mark]:
    """Yield what depends on a thing that goes, and what one that comes or is another depends on."""
    if change.action is Action.DROP:
        yield from changed.leaving(change.key)
        return
    grave = change.action is Action.CREATE or is_grave(change)
    for key in changed.needs(change):
        some = changed.coming(key, grave=grave)
        yield from (each for each in some if change.key.kind not in VIEWS or changed.shown(each))
    if change.action is Action.ALTER:
        yield from (mark(each) for each in changed.of(change.key) if each.action is Action.RENAME)
        yield from changed.following(change) if grave else ()


def _closed(bonds: Mapping[Mark, Set[Mark]], marks: Iterable[Mark]) -> frozenset[Mark]:
    found: set[Mark] = set()
    todo = list(marks)
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += bonds.get(one, ())
    return frozenset(found)


__all__ = ["Bonds", "Mark", "mark"]
