"""What all parts of a search on the screen share: the column, what is wanted of it, what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message

from console.ui.commanding import Commanding
from console.ui.screens.beside import Beside
from console.ui.screens.vectors.detail import Detail
from console.ui.screens.vectors.hit_lines import Answer
from console.ui.screens.vectors.hit_list import HitList
from console.ui.screens.vectors.lists import About
from console.ui.screens.vectors.question_line import QuestionLine
from console.ui.screens.vectors.wanted import Wanted
from console.ui.screens.working.under_way import UnderWay
from console.vectors.column import VectorColumn

if TYPE_CHECKING:
    from console.db.session import Session
    from console.vectors.embedders.choosing import Chosen
    from console.vectors.search.functions import Function


class DeskState(UnderWay, Commanding, Vertical):
    """A line to ask in, hits, and what is seen of them and of the column."""

    @dataclass
    class Turned(Message):
        """Other commands may hold."""

    @dataclass
    class Changed(Message):
        """The column has changed: an index was built, rows were filled."""

    def __init__(self) -> None:
        """Search nothing yet."""
        super().__init__(id="desk")
        self.beside = Beside("search")
        self.aside = Beside("vectors")
        self.session: Session | None = None
        self.column: VectorColumn | None = None
        self.about = About()
        self.wanted = Wanted()
        self.answer: Answer | None = None
        self.chosen: Chosen | None = None
        self.functions: tuple[Function, ...] = ()
        self.function: Function | None = None
        self.disagreement = ""
        """What is to be said of words where another embedder has made the column's vectors."""
        self.advice = ""
        """What was measured to be the setting to use, as a sentence."""
        self.advised: int | None = None
        self.arguments: dict[str, str | None] = {}
        self.allowed: frozenset[str] = frozenset()
        """Conditions and functions of which a person has said that they may run although they may write."""

    @property
    def hits(self) -> HitList:
        """The hits."""
        return self.query_one(HitList)

    @property
    def line(self) -> QuestionLine:
        """Where one types."""
        return self.query_one(QuestionLine)

    @property
    def detail(self) -> Detail:
        """What is seen on the right."""
        return self.query_one(Detail)

    def turn(self, wanted: Wanted) -> None:
        """Search for something else, or in another way; the desk does."""
        raise NotImplementedError

    def why_not_work(self) -> str | None:
        """Say why nothing can be begun that writes."""
        if self.column is None:
            return "No column is open."
        return self.why_busy()
