"""Rehearsing on the migrations screen: what up would apply is tried in a shadow, live in the panel of runs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations.files.folder import Folder
from console.migrations.plan import Plan
from console.text import plural
from console.ui.screens.confirm import Confirm
from console.ui.screens.migrations.state import MigrationsState

if TYPE_CHECKING:
    from console.config.shadow import Wish
    from console.migrations.rehearsal.events import Event


class RehearsingScreen(MigrationsState):
    """A screen of migrations on which they can be rehearsed."""

    @work(group="asking")
    async def do_rehearse(self) -> None:
        """Try what up would apply, up, verify and down, in a throw-away server; the target is only read."""
        from console.config.shadow import SAME_SERVER

        session, listed = self.session, self.listed
        assert session is not None
        assert listed is not None
        folder, wanted = listed.folder, listed.up(self.chosen)
        try:
            wish = await asyncio.to_thread(_wish, session)
        except ConsoleError as error:
            self.say_error(error)
            return
        consent = await self._agreed(session) if wish == SAME_SERVER else None
        if wish != SAME_SERVER or consent is not None:
            self.action_leave()
            self.under_way = self._rehearse(session, folder, wanted, wish, consent)

    def why_not_rehearse(self) -> str | None:
        """What can be applied can be rehearsed."""
        return self.why_not_run() or (self.listed.why_not_up(self.chosen) if self.listed is not None else None)

    async def _agreed(self, session: Session) -> Consent | None:
        action = "make a scratch database on its server"
        return await self.app.push_screen_wait(Confirm(session.target, action))

    @work(exclusive=True, group="running", description="Rehearsing migrations.")
    async def _rehearse(
        self, session: Session, folder: Folder, wanted: Plan, wish: Wish, consent: Consent | None
    ) -> None:
        with self.shown(f"rehearse {plural(len(wanted.steps), 'migration')} of {session.target.name}") as panel:
            async with aclosing(_carried_out(session, folder, wanted, wish, consent)) as events:
                async for event in events:
                    panel.take_rehearsed(event)


def _wish(session: Session) -> Wish:
    """Return the shadow that the profile wishes. Raises UsageError and its kin."""
    from console.config.shadow import wished

    return wished(None, session.target.profile, environ=os.environ, cwd=Path.cwd())


async def _carried_out(
    session: Session, folder: Folder, wanted: Plan, wish: Wish, consent: Consent | None
) -> AsyncGenerator[Event, None]:
    from console.migrations.rehearsal import laying
    from console.migrations.rehearsal.rehearsing import rehearse
    from console.migrations.rehearsal.shadows import Beside

    async with await session.sibling("rehearsal") as own:
        found = await laying.survey(own)
    beside = Beside(session.target, consent)
    async with aclosing(rehearse(folder, wanted, found=found, wish=wish, beside=beside)) as events:
        async for event in events:
            yield event
