"""How a node of a tree is drawn on its line: guides, arrow, glyph, name and detail, and numbers at the right edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.ui.widgets.outline import Node, Row
from console.ui.widgets.parts import Line, Part, fill, shown, width

INDENT = 2
_GRAVE = {"✗": "bad", "!": "warning"}  # what begins with these signs is not to be overlooked
_SHORTEST_NAME = 12  # cells a name keeps before asides give way


def aside_widths(rows: Iterable[Row]) -> tuple[int, ...]:
    """Return how wide the columns at the right edge are; the last asides of all nodes stand in one column."""
    widths: list[int] = []
    for asides in {row.node.asides for row in rows}:
        for place, aside in enumerate(reversed(asides)):
            if place == len(widths):
                widths.append(0)
            widths[place] = max(widths[place], len(aside))
    return tuple(reversed(widths))


def node_line(row: Row, widths: Sequence[int], room: int, *, unfolded: bool) -> Line:
    """Return the line of a node in exactly `room` cells, with its asides in columns of these `widths`."""
    head = _head(row, unfolded=unfolded)
    name = shown(row.node.name, "" if row.node.glyph else row.node.tone)
    left = room - width(head)
    asides = _asides(row.node, widths, left - min(_SHORTEST_NAME, width(name)))
    detail = [Part(" "), *shown(row.node.detail, "faint")] if row.node.detail else []
    return [*head, *fill([*name, *detail], max(1, left - width(asides))), *asides]


def _head(row: Row, *, unfolded: bool) -> list[Part]:
    arrow = "  " if row.node.children is None else "▾ " if unfolded else "▸ "
    glyph = [*shown(row.node.glyph, row.node.tone), Part(" ")] if row.node.glyph else []
    guides = [Part("│ " * row.depth, "guide")] if row.depth else []
    return [*guides, Part(arrow, "faint"), *glyph]


def _asides(node: Node, widths: Sequence[int], room: int) -> Line:
    """Return what stands at the right edge; what has no `room` is left out, the least important first."""
    if not node.asides:
        return []
    parts: list[Part] = []
    asides = ("",) * (len(widths) - len(node.asides)) + node.asides
    for aside, cells in zip(reversed(asides), reversed(widths), strict=True):
        if width(parts) + cells + 2 > room:
            break
        tone = _GRAVE.get(aside[:1], "faint")
        parts = [Part(" "), *fill(shown(aside, tone), cells, right=True), *parts]
    return [*parts, Part(" ")] if parts else []
