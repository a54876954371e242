"""What all parts of the screen of drift share: the sides, what is known, and the work under way."""

from __future__ import annotations

import asyncio

from console.config.shadow import SAME_SERVER
from console.db.session import Session
from console.drift.drift import Drift
from console.drift.wishes import Wishes
from console.errors import ConsoleError
from console.ui.screens.confirm import Confirm
from console.ui.screens.drift import known as knowing
from console.ui.screens.drift.known import Known, Shadowing
from console.ui.screens.drift.sides import Sides
from console.ui.screens.drift.sieve import Sieve
from console.ui.screens.drift.tree import Standing
from console.ui.screens.drift.view import DriftView
from console.ui.screens.working.under_way import WorkingScreen
from console.ui.widgets.change_tree import ChangeTree


class DriftState(WorkingScreen):
    """A tree of changes, texts about them, and a panel of what is under way."""

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self.sides = Sides()
        self.wishes = Wishes()
        self.sieve = Sieve()
        self.known: Known | None = None

    @property
    def tree_(self) -> ChangeTree:
        """The changes on the left."""
        return self.query_one(ChangeTree)

    @property
    def view(self) -> DriftView:
        """The texts on the right."""
        return self.query_one(DriftView)

    @property
    def here(self) -> str:
        """The name of the session's target."""
        return self.session.target.name if self.session is not None else ""

    @property
    def standing(self) -> Standing | None:
        """What the cursor stands on."""
        node = self.tree_.node
        return node.subject if node is not None and isinstance(node.subject, Standing) else None

    def why_not_work(self) -> str | None:
        """Say why nothing can be begun."""
        if self.session is None:
            return f"{self.awaits() or 'There is no session'}."
        return self.why_busy()

    def why_not_use(self) -> str | None:
        """Say why nothing can be done with changes."""
        why = self.why_not_work()
        if why is not None:
            return why
        if self.known is None:
            return "Nothing was compared yet: enter or r does."
        return None if self.known.drift.changes else "There is no drift."

    def why_not_use_taken(self) -> str | None:
        """Say why nothing can be done with what is taken."""
        why = self.why_not_use()
        if why is None and self.known is not None and not self.known.marks:
            return "Nothing is taken: space takes a change."
        return why

    async def shadowing(self, session: Session) -> Shadowing | None:
        """Return the shadow that is wished for; None when a person did not agree to one on the target's server."""
        try:
            wish = await knowing.wish_of(session)
        except ConsoleError as error:
            self.say_error(error)
            return None
        if wish != SAME_SERVER:
            return Shadowing(wish)
        action = "make a scratch database on its server"
        consent = await self.app.push_screen_wait(Confirm(session.target, action))
        return Shadowing(wish, consent) if consent is not None else None

    async def planned(self, found: Known) -> Drift | None:
        """Return what is taken as a drift of its own; None, and said, when it cannot be planned or is not asked now."""
        try:
            taken = await asyncio.to_thread(found.plan)
        except ConsoleError as error:
            self.say_error(error)
            return None
        if self.known is not found:
            return None
        found.taken = taken
        return taken
