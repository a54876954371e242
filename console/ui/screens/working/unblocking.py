"""Ends, on a screen, the session that a run waits for: asked first, and only the very one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.text import sanitize
from console.ui.screens.confirm import Confirm
from console.ui.screens.working.under_way import WorkingScreen

if TYPE_CHECKING:
    from console.db.blockers import Blocker

_SHOWN = 160  # characters of its statement


class UnblockingScreen(WorkingScreen):
    """A screen on which whoever holds a lock that a run waits for can be sent away."""

    def do_unblock(self) -> None:
        """Ask, then cancel or disconnect who is in the way longest."""
        blocker = self._in_the_way
        assert blocker is not None
        self._unblock(blocker)

    def why_not_unblock(self) -> str | None:
        """Say why nobody can be ended."""
        blocker = self._in_the_way
        if blocker is None:
            return "No run waits for a lock."
        from console.db import signalling

        why = signalling.why_not(blocker, self._ours)
        return f"{why} A person may run: {signalling.statement(blocker)}" if why else None

    @property
    def _in_the_way(self) -> Blocker | None:
        """The one whose transaction is open longest; one that waits itself only when there is no other."""
        found = self.panel.blockers
        return next((each for each in found if not each.waits), found[0] if found else None)

    @property
    def _ours(self) -> set[int]:
        server = self.session.server if self.session is not None else None
        return {server.pid} if server is not None else set()

    @work(exclusive=True, group="unblocking", description="Ending the session that is in the way.")
    async def _unblock(self, blocker: Blocker) -> None:
        from console.db import signalling

        session = self.session
        assert session is not None
        cancels = signalling.means(blocker) is signalling.Means.CANCEL
        action = f"cancel what pid {blocker.pid} runs" if cancels else f"disconnect pid {blocker.pid}"
        lines = [blocker.sentence, *_statement(blocker), signalling.consequence(blocker), signalling.statement(blocker)]
        consent = await self.app.push_screen_wait(Confirm(session.target, action, lines))
        if consent is not None:
            await self._carry_out(session, blocker, consent)

    async def _carry_out(self, session: Session, blocker: Blocker, consent: Consent) -> None:
        from console.db import signalling

        try:
            async with await session.sibling("signal", direct=True) as own:
                result = await signalling.end(own, blocker, consent, ours=self._ours)
        except ConsoleError as error:
            self.say_error(error)
        else:
            self.panel.ended(result)
            self.say(result.sentence, severity="information" if result.freed else "warning")
            self.refresh_keys()


def _statement(blocker: Blocker) -> list[str]:
    """Show what it runs, or ran last."""
    if not blocker.query:
        return []
    text = sanitize(" ".join(blocker.query.split()))
    return [text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"]
