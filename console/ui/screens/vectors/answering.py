"""Shows what a search has found: the hits, how near they are, how the server went about it, and what to know."""

from __future__ import annotations

from textual.timer import Timer
from textual.widgets import Static

from console.errors import ConsoleError
from console.text import cut, duration, plural, sanitize
from console.ui.commanding import in_words
from console.ui.screens.vectors import hit_lines, lists, row_text
from console.ui.screens.vectors.choosing import ChoosingDesk
from console.ui.screens.vectors.hit_lines import Answer
from console.ui.titles import title
from console.ui.widgets.option_line import OptionLine, Said
from console.ui.widgets.papers import Text
from console.vectors.search.hit import Found, Plan
from console.vectors.search.question import FullText, Key, Like, Mixed

_PATIENCE = 0.3  # seconds after which a person is told that something is searched for
_SHORT = 28  # cells of a row's name over the hits


class AnsweringDesk(ChoosingDesk):
    """A desk with an answer."""

    def __init__(self) -> None:
        """Have found nothing yet."""
        super().__init__()
        self._patience: Timer | None = None
        self._labels: dict[Key, str] = {}

    def take(self, found: Answer) -> None:
        """Show what was found."""
        self.answer = found
        self._labels.update((each.key, hit_lines.named(found, each)) for each in found.hits if each.key)
        self.hits.empty = "" if found.hits else self._nothing()
        self.hits.found = found
        self._say_head(found)
        self._say_why(found)
        self.tell("\n".join([*found.remarks, *self._of_words()]), "-remark")
        self._say_sql(found)
        self.show_hits()
        self.post_message(self.Turned())

    def _of_words(self) -> list[str]:
        """Return what is to be said while words are searched: where they are sent, and that others made the vectors."""
        if not self.wanted.mode.embeds or self.chosen is None:
            return []
        return [each for each in (self.chosen.embedder.notice, self.disagreement) if each]

    def show_hits(self) -> None:
        """Show the row under the cursor, and where the hits are in the picture."""
        found, hit = self.answer, self.hits.hit
        if found is None or hit is None:
            self.detail.show_row(Text(""))
            return
        self.detail.show_row(row_text.paper(found, hit))
        asked = not isinstance(found, Found) or bool(self.wanted.text.strip())
        ranks = {each.key: each.rank for each in found.hits if each.key} if asked else {}
        self.detail.scatter.mark_hits(ranks, hit.key)

    def tell(self, words: str, tone: str) -> None:
        """Say something below the hits; nothing takes no room."""
        said = self.query_one("#said", Static)
        said.set_classes(tone)
        said.display = bool(words)
        said.update(sanitize(words, lines=True))

    def _say_head(self, found: Answer) -> None:
        box = self.query_one("#hits")
        what = self._what(found)
        box.border_title = title(what)
        plan = found.plan if isinstance(found, Found) else None
        took = duration(found.seconds)
        index = [f"index {plan.index}"] if plan is not None and plan.index else []
        held = found.settings if isinstance(found, Found) and index else ()
        set_ = ((name.rpartition(".")[2], value) for name, value in held)
        far = [f"{name} {value}" for name, value in set_ if name in ("ef_search", "probes")]
        views = ["] row, picture, recall …"] if self.screen.has_class("-narrow") and not index else []
        box.border_subtitle = title(" · ".join([*views, took, *index, *far]))
        self.say_standing(plan)

    def _nothing(self) -> str:
        """Say that there are no hits; before anything was asked, that there is nothing to be found."""
        if self.wanted.text.strip() or self.wanted.where:
            return "Nothing was found."
        return "No row has a vector yet; e embeds those that have a text."

    def _what(self, found: Answer) -> str:
        """Say what the hits are: how many, and like which row, or near which sum of rows."""
        if not self.wanted.text.strip():
            if not found.hits:
                return "no rows"
            return f"{plural(len(found.hits), 'row')}, any of them · / asks, m finds more like one"
        said = plural(len(found.hits), "hit")
        by = found.question.by if isinstance(found, Found) else None
        if isinstance(by, Like):
            return f"{said} like {self._called(by.key)}"
        if isinstance(by, Mixed):
            signs = [f"{'−' if weight < 0 else '+'} {self._called(key)}" for weight, key in by.terms]
            return f"{said} near {' '.join(signs).removeprefix('+ ')}"
        return said

    def _called(self, key: Key) -> str:
        return cut(self._labels.get(key) or ", ".join(key), _SHORT)

    def _say_why(self, found: Answer) -> None:
        """Say why all rows were read, below the hits; where words were looked for, a remark says it."""
        plan = found.plan if isinstance(found, Found) and not isinstance(found.question.by, FullText) else None
        why = self.query_one("#why", Static)
        why.display = plan is not None and bool(plan.because)
        why.update(sanitize(plan.badge) if plan is not None else "")

    def _hide_why(self) -> None:
        self.query_one("#why", Static).display = False

    def say_standing(self, plan: Plan | None = None) -> None:
        """Say in the line above all which column it is, how it is indexed, and whether that was used."""
        column = self.column
        if column is None:
            return
        parts = [column.label, lists.typed(column), lists.indexed(column)]
        used = "" if plan is None else "✓ index used" if plan.index else "all rows read"
        self.query_one("#head", OptionLine).said = Said(" · ".join(map(sanitize, parts)), aside=used)

    def _say_sql(self, found: Answer) -> None:
        text = found.sql.rstrip()
        plan = found.plan if isinstance(found, Found) else None
        if plan is not None:
            said = [plan.badge, *plan.text] if plan.text else [plan.badge]
            text = "\n".join([text, "", *(f"-- {line}" for line in said)])
        self.detail.sql.sql = text

    def fail(self, error: ConsoleError) -> None:
        """Say what is wrong; the hits before stay, and are called so."""
        self._hide_why()
        if self.hits.found is not None:
            box = self.query_one("#hits")
            box.border_title, box.border_subtitle = "the hits before", ""
        self.tell(f"✗ {in_words(error)}", "-error")
        self.post_message(self.Turned())

    def wait(self) -> None:
        """Say after a while that something is searched for."""
        self.stop_waiting()
        self._patience = self.set_timer(_PATIENCE, self._say_searching)

    def _say_searching(self) -> None:
        if self._patience is not None:
            self.query_one("#hits").border_subtitle = "searching … ctrl+c cancels"

    def stop_waiting(self) -> None:
        """Say no more that something is searched for."""
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
            box = self.query_one("#hits")
            if str(box.border_subtitle).startswith("searching"):
                box.border_subtitle = ""
