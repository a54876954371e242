"""Rows that are the same, nearly the same, or far from all others, as a tree; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from console.text import plural, sanitize
from console.ui.screens.vectors import hit_lines
from console.ui.widgets.outline import Node

if TYPE_CHECKING:
    from console.vectors.quality.examining import Examined
    from console.vectors.quality.outliers import Outlier
    from console.vectors.search.question import Key

_FEW = 12  # pairs up to which they are shown unfolded
_MOST = 200  # rows of each kind


def unfolded(found: Examined) -> list[str]:
    """Return which of the nodes are shown open at first."""
    return ["same", "far", *(["near"] if len(found.duplicates.near) <= _FEW else [])]


def nodes(found: Examined) -> Iterable[Node]:
    """Return the rows that are the same, nearly the same, or far from all others, as a tree."""
    groups, near, rows = found.duplicates.groups, found.duplicates.near, found.outliers

    def said(key: Key) -> str:
        label = hit_lines.one_line(found.labels.get(key) or "")
        return sanitize(label or ", ".join(key)) or "a row without a key"

    if groups:
        same = [_group(place, each.keys, each.count, said) for place, each in enumerate(groups[:_MOST])]
        yield Node("same", "the same vector  ", "=", "warning", plural(len(groups), "group"), children=lambda: same)
    if near:
        pairs = [
            _row(("near", place), each.one, f"{said(each.one)} ≈ {said(each.other)}", each.distance)
            for place, each in enumerate(near[:_MOST])
        ]
        words = f"{plural(len(near), 'pair')} nearer than {hit_lines.said(found.duplicates.below)}"
        yield Node("near", "nearly the same  ", "≈", "accent", words, children=lambda: pairs)
    if rows:
        lone = sum(each.far for each in rows)
        words = f"{lone or 'none'} stand{'' if lone > 1 else 's'} out"
        lonely = [_lone(place, each, said(each.key)) for place, each in enumerate(rows[:_MOST])]
        yield Node("far", "far from others  ", "◌", "faint", words, children=lambda: lonely)


def _group(place: int, keys: Iterable[Key], count: int, said: Callable[[Key], str]) -> Node:
    listed = list(keys)
    rows = [Node(("same", place, at), said(key), subject=key) for at, key in enumerate(listed[:_MOST])]
    first = said(listed[0]) if listed else ""
    return Node(("same", place), first, detail=plural(count, "row"), children=lambda: rows)


def _row(name: tuple[str, int], key: Key, words: str, distance: float) -> Node:
    return Node(name, words, asides=(hit_lines.said(distance),), subject=key)


def _lone(place: int, each: Outlier, words: str) -> Node:
    glyph = ("!", "warning") if each.far else ("", "")
    return Node(("far", place), words, *glyph, asides=(hit_lines.said(each.distance),), subject=each.key)
