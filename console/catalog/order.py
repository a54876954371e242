"""Puts things in an order in which each comes after what it needs, and says where that could not be."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Need(NamedTuple, Generic[Node]):
    """`node` comes after `needed`; a weak need is a wish, given up first where needs run in a circle."""

    node: Node
    needed: Node
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Ordered(Generic[Node]):
    """The nodes in order, and the strong needs that had to be given up."""

    nodes: tuple[Node, ...]
    broken: tuple[Need[Node], ...] = ()


def ordered(nodes: Sequence[Node], needs: Iterable[Need[Node]]) -> Ordered[Node]:
    """Sort `nodes` by their needs; among those that are free, what stands first in `nodes` goes first.

    Needs of strangers and of a node for itself are passed over. Where needs run in a circle, one of its weak ones is
    given up, else the one whose node stands last.

    >>> ordered("abc", [Need("a", "c")]).nodes
    ('b', 'c', 'a')
    >>> ordered("ab", [Need("a", "b"), Need("b", "a", weak=True)])
    Ordered(nodes=('b', 'a'), broken=())
    """
    return _Sorting(nodes, needs).run()


class _Sorting(Generic[Node]):
    """Kahn's algorithm with a heap, and a walk that finds a circle when nothing is free."""

    def __init__(self, nodes: Sequence[Node], needs: Iterable[Need[Node]]) -> None:
        self.place = {node: place for place, node in enumerate(nodes)}
        self.needs: dict[Node, dict[Node, bool]] = {node: {} for node in self.place}
        self.needed_by: defaultdict[Node, list[Node]] = defaultdict(list)
        for need in needs:
            self._add(need)
        self.free = [self.place[node] for node, needed in self.needs.items() if not needed]
        self.by_place = tuple(self.place)
        self.broken: list[Need[Node]] = []

    def _add(self, need: Need[Node]) -> None:
        node, needed, weak = need
        if node == needed or node not in self.place or needed not in self.place:
            return
        known = self.needs[node]
        if needed not in known:
            self.needed_by[needed].append(node)
        known[needed] = known.get(needed, True) and weak

    def run(self) -> Ordered[Node]:
        heapq.heapify(self.free)
        done: dict[Node, None] = {}
        while len(done) < len(self.place):
            while not self.free:
                self._break_circle(done)
            node = self.by_place[heapq.heappop(self.free)]
            done[node] = None
            for waiting in self.needed_by[node]:
                self._release(waiting, node)
        return Ordered(tuple(done), tuple(self.broken))

    def _release(self, node: Node, needed: Node) -> None:
        if self.needs[node].pop(needed, None) is not None and not self.needs[node]:
            heapq.heappush(self.free, self.place[node])

    def _break_circle(self, done: Mapping[Node, None]) -> None:
        circle = self._circle(next(node for node in self.by_place if node not in done))
        weak = [(node, needed) for node, needed in circle if self.needs[node][needed]]
        node, needed = weak[0] if weak else max(circle, key=lambda step: self.place[step[0]])
        if not weak:
            self.broken.append(Need(node, needed))
        self._release(node, needed)

    def _circle(self, start: Node) -> list[tuple[Node, Node]]:
        """Follow needs from a node that waits until one comes again."""
        path = [start]
        seen = {start: 0}
        while True:
            needed = min(self.needs[path[-1]], key=lambda each: self.place[each])
            if needed in seen:
                path = [*path[seen[needed] :], needed]
                return list(itertools.pairwise(path))
            seen[needed] = len(path)
            path.append(needed)


def circles(needs: Mapping[Node, Iterable[Node]]) -> tuple[frozenset[Node], ...]:
    """Return the groups of nodes that need each other, directly or not (Tarjan's strongly connected components).

    >>> circles({"a": "b", "b": "ca", "c": ""}) == (frozenset("ab"),)
    True
    """
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    standing: set[Node] = set()
    found: list[frozenset[Node]] = []
    for root in needs:
        if root in index:
            continue
        work = [(root, iter(needs.get(root, ())))]
        while work:
            node, rest = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                stack.append(node)
                standing.add(node)
            deeper = next((each for each in rest if each in needs and (each not in index or each in standing)), None)
            if deeper is not None:
                if deeper not in index:
                    work.append((deeper, iter(needs[deeper])))
                else:
                    low[node] = min(low[node], index[deeper])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == index[node]:
                group = frozenset(_pop_until(stack, node))
                standing -= group
                if len(group) > 1:
                    found.append(group)
    return tuple(found)


def _pop_until(stack: list[Node], node: Node) -> Iterable[Node]:
    while True:
        top = stack.pop()
        yield top
        if top == node:
            return
