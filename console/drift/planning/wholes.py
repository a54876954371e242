"""Partitions' parts that come and go with those of the whole: indexes, keys, foreign keys, triggers."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.implied import is_clone
from console.catalog.model import Constraint, Index, Key, Trigger
from console.drift.ground import Ground
from console.drift.ordering.decision import Decision


def held(ground: Ground, decision: Decision) -> Iterator[tuple[Key, Key]]:
    """Yield what is to go and goes only with that of the whole, which stays so far, and that one."""
    for key in decision.gone:
        made = ground.a.catalog.objects.get(key)
        if not isinstance(made, Constraint | Index) or made.parent is None or is_clone(made):
            continue
        apart = any(piece.part == "apart" for piece in decision.altered.get(made.table, ()))
        if not apart and made.parent not in decision.gone and made.table not in decision.gone:
            yield key, made.parent


def bring_clones(ground: Ground, decision: Decision) -> None:
    """A trigger that comes to a partitioned table comes to the partitions, where it may fire at other times."""
    clones = [made for made in ground.b.catalog.of(Trigger) if made.parent is not None]
    before = -1
    while before != len(decision.come):
        before = len(decision.come)
        decision.come |= {made.key for made in clones if made.parent in decision.come}
