"""Pictures of how good an index answers, and of how far apart rows are."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message

from console.drawing.picture import Picture, Role, Span
from console.text import sanitize
from console.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from console.vectors.quality.histogram import Distances
    from console.vectors.quality.recall import Curve

Thing = TypeVar("Thing")


class ChartView(PictureView, Generic[Thing]):
    """A picture of something, below words that say what it means; words alone while there is none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "measure", "Measure", show=False)]
    DEFAULT_CSS = """
    ChartView { height: 1fr; padding: 0 1; }
    """

    @dataclass
    class Asked(Message):
        """A person wants it measured."""

        view: ChartView[Any]

    def __init__(self, words: str, *, id: str) -> None:
        """Say `words` until there is something."""
        super().__init__(id=id)
        self.thing: Thing | None = None
        self._first = words
        self._words: tuple[tuple[str, Role], ...] = ((words, Role.MUTED),)

    def action_measure(self) -> None:
        """Ask for it."""
        self.post_message(self.Asked(self))

    def tell(self, words: str = "", role: Role = Role.MUTED) -> None:
        """Say something in place of the picture; without words what stood there first."""
        self.thing = None
        self._words = ((words or self._first, role),)
        self.again()

    def show(self, thing: Thing, words: tuple[tuple[str, Role], ...] = ()) -> None:
        """Draw something, with words above it."""
        self.thing, self._words = thing, words
        self.again()

    def make(self, width: int, height: int) -> Picture:
        """Draw words, then what is left of the room is the picture's."""
        said = tuple(line for words, role in self._words for line in wrapped(words, width, role))
        if self.thing is None:
            return ((), *said)[:height]
        said = (*said, ()) if said else ()
        return (*said, *self.draw(self.thing, width, height - len(said)))[:height] if height > len(said) else said

    def draw(self, thing: Thing, width: int, height: int) -> Picture:
        """Draw it."""
        raise NotImplementedError


def wrapped(words: str, width: int, role: Role) -> Picture:
    """Return words as lines that fit."""
    lines = sanitize(words, lines=True).split("\n")
    return tuple((Span(piece, role),) for line in lines for piece in textwrap.wrap(line, max(10, width)) or [""])


class CurveView(ChartView["Curve"]):
    """What part of the nearest an index finds, by how far it looks, and how long that takes."""

    def __init__(self) -> None:
        """Say how to begin."""
        super().__init__(
            "enter measures how many of the nearest rows the index finds, and how fast, "
            "for each setting: searches for rows of the table, by index and exact.",
            id="recall",
        )

    def draw(self, thing: Curve, width: int, height: int) -> Picture:
        """Draw the curve."""
        from console.vectors.quality.recall_picture import draw_curve

        return draw_curve(thing, width, height)


class DistancesView(ChartView["Distances"]):
    """How far apart two rows are, and how far from its nearest."""

    def __init__(self) -> None:
        """Say how to begin."""
        super().__init__(
            "enter looks at a sample of rows: how far apart any two are, how far each is from its nearest; "
            "rows that are the same, nearly the same, or far from all others.",
            id="distances",
        )

    def draw(self, thing: Distances, width: int, height: int) -> Picture:
        """Draw both histograms."""
        from console.vectors.quality.histogram_picture import draw_distances

        return draw_distances(thing, width, height)
