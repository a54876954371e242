"""Migrations that name what they need: an order in which everything comes after that."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from console.errors import BadMigrations
from console.text import sanitize


def ordered(requires: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return all names so that each comes after what it requires, else in the order in which they are given.

    What is required and not there is left out. Raises BadMigrations when some of them require each other.

    >>> ordered({"b": ["a"], "a": [], "c": ["a", "gone"]})
    ('a', 'b', 'c')
    """
    place = {name: number for number, name in enumerate(requires)}
    sorter = TopologicalSorter({name: [each for each in needed if each in place] for name, needed in requires.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " → ".join(sanitize(str(name)) for name in error.args[1])
        raise BadMigrations(f"Migrations need each other in a circle: {circle}.") from error
    found: list[str] = []
    ready = [place[name] for name in sorter.get_ready()]
    names = tuple(place)
    heapq.heapify(ready)
    while ready:
        name = names[heapq.heappop(ready)]
        found.append(name)
        sorter.done(name)
        for each in sorter.get_ready():
            heapq.heappush(ready, place[each])
    return tuple(found)


def closure(requires: Mapping[str, Collection[str]], names: Iterable[str]) -> frozenset[str]:
    """Return some names with all that they require, directly or not; what is not there is left out.

    >>> sorted(closure({"c": ["b"], "b": ["a"], "a": [], "d": []}, ["c"]))
    ['a', 'b', 'c']
    """
    found: set[str] = set()
    left = [name for name in names if name in requires]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(each for each in requires[name] if each in requires)
    return frozenset(found)
