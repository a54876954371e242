"""What the screen of drift shows of what is known: the tree, why it is empty, the texts of the chosen change."""

from __future__ import annotations

import asyncio

from textual import work
from textual.containers import Vertical
from textual.widgets import Static

from console.text import plural, sanitize
from console.ui.screens.drift import definitions, texts, tree
from console.ui.screens.drift.known import Known
from console.ui.screens.drift.state import DriftState
from console.ui.screens.drift.view import OF_CHANGE
from console.ui.titles import title

_MADE = "\nWhat migrations or a file make is made in a throw-away PostgreSQL."


class ShowingScreen(DriftState):
    """A screen of drift that shows what is known."""

    def show(self, found: Known | None) -> None:
        """Lay out what is known."""
        self.known = found
        listing = self.query_one("#list", Vertical)
        listing.border_title = title(f"Drift · {self.sides.said(self.here)}")
        listing.border_subtitle = title(texts.state(found)) if found is not None else ""
        self.tree_.roots = tree.nodes(found, self.sieve) if found is not None else []
        self.say_why()
        self.look()
        self.refresh_keys()

    def say_why(self) -> None:
        """Say what to do where there is no change to look at."""
        why, said = self.query_one("#why", Static), self._why()
        why.set_class(bool(said), "-shown")
        why.update(sanitize(said, lines=True))

    def _why(self) -> str:
        if self.session is None:
            return ""
        if self.known is None:
            made = _MADE if self.sides.takes_shadow else ""
            return (
                f"enter or r compares {self.sides.said(self.here)}.{made}"
                "\nf and t choose other sides, s turns them round. Nothing is written to either."
            )
        if not self.known.drift.changes:
            return f"✓ {self.known.drift.summary}\n{self._how()}"
        if not self.tree_.roots:
            return f"Nothing matches among {plural(len(self.known.drift.changes), 'change')}; escape shows them again."
        return ""

    def _how(self) -> str:
        assert self.known is not None
        found = self.known.drift
        notes = "\n".join(f"· {note}" for note in found.notes)
        return f"{sanitize(found.a.label)} is as {sanitize(found.b.label)}.\n{notes}"

    def look(self) -> None:
        """Show on the right what the cursor and the tab ask for."""
        view, found, standing = self.view, self.known, self.standing
        if found is None or (standing is None and view.tab in OF_CHANGE):
            view.head("")
            view.show_text("" if found is None else texts.about(found))
            return
        if view.tab in OF_CHANGE and standing is not None:
            key = standing.part.key if standing.part is not None else standing.whole
            view.head(f"{key.kind} {sanitize(str(key))}", texts.whose(found, standing))
            if view.tab == "both":
                self._show_both(found, standing)
            elif view.tab == "SQL":
                view.show_sql(texts.sql_of(found, standing))
            else:
                view.show_text(texts.hazards(found, standing))
            return
        view.head("what is taken" if view.tab == "all SQL" else "this comparison")
        if view.tab == "all SQL":
            self._show_whole(found)
        else:
            view.show_text(texts.about(found))

    @work(exclusive=True, group="looking", description="Writing down both definitions.")
    async def _show_both(self, found: Known, standing: tree.Standing) -> None:
        before, after = await asyncio.to_thread(definitions.of, found.drift, standing)
        if self.known is found and self.standing == standing and self.view.tab == "both":
            self.view.show_both(before, after)

    @work(exclusive=True, group="looking", description="Planning what is taken.")
    async def _show_whole(self, found: Known) -> None:
        taken = await self.planned(found)
        if taken is not None and self.view.tab == "all SQL":
            self.view.show_sql(texts.whole(taken))
