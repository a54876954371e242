"""Where panels stand: rows of named cells, one name in several cells being one panel that spans them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.dashboards.definition import Kind, Panel, Row

_BESIDE = {Kind.NUMBER, Kind.GAUGE}  # two of them fit beside each other in 80 columns


@dataclass(frozen=True, slots=True)
class Place:
    """The cells of a panel: the first from left and top, from 0, and how many each way."""

    left: int
    top: int
    columns: int
    rows: int


def places(rows: Sequence[Row]) -> dict[str, Place]:
    """Return where each panel stands, in reading order. Raises ValueError with the id of one that is no rectangle.

    >>> places([Row(("a", "a", "b"), 5), Row(("c", "c", "b"), 5)])["b"]
    Place(left=2, top=0, columns=1, rows=2)
    """
    cells: dict[str, list[tuple[int, int]]] = {}
    for top, row in enumerate(rows):
        for left, name in enumerate(row.cells):
            cells.setdefault(name, []).append((left, top))
    return {name: _rectangle(name, found) for name, found in cells.items()}


def narrow(rows: Sequence[Row], panels: Mapping[str, Panel]) -> tuple[Row, ...]:
    """Return the layout for 80 columns: the same order, small panels two by two, the others a row each."""
    return tuple(_paired(list(places(rows).items()), rows, panels))


def _paired(placed: list[tuple[str, Place]], rows: Sequence[Row], panels: Mapping[str, Panel]) -> Iterator[Row]:
    while placed:
        name, place = placed.pop(0)
        height = _height(place, rows)
        if panels[name].kind in _BESIDE and placed and panels[placed[0][0]].kind in _BESIDE:
            other, where = placed.pop(0)
            yield Row((name, other), max(height, _height(where, rows)))
        else:
            yield Row((name, name), height)


def _height(place: Place, rows: Sequence[Row]) -> int:
    return sum(row.height for row in rows[place.top : place.top + place.rows])


def _rectangle(name: str, cells: list[tuple[int, int]]) -> Place:
    lefts, tops = [left for left, _ in cells], [top for _, top in cells]
    place = Place(min(lefts), min(tops), max(lefts) - min(lefts) + 1, max(tops) - min(tops) + 1)
    if place.columns * place.rows != len(cells):
        raise ValueError(name)
    return place
