"""Rehearsing on the migrations screen: what up would apply is tried in a shadow, live in the panel of runs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

from textual import work
from textual.worker import Worker

from console.config.shadow import SAME_SERVER, Wish, wished
from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations.files.folder import Folder
from console.migrations.plan import Plan
from console.migrations.rehearsal import laying
from console.migrations.rehearsal.events import Event
from console.migrations.rehearsal.rehearsing import rehearse
from console.migrations.rehearsal.shadows import Beside
from console.text import plural
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.confirm import Confirm
from console.ui.screens.run_panel import RunPanel


class RehearsalScreen(ConsoleScreen):
    """A screen with a panel of runs that can rehearse; `_run_worker` is the run, or the rehearsal, under way."""

    def __init__(self) -> None:
        """Make the screen; nothing runs yet."""
        super().__init__()
        self._run_worker: Worker[None] | None = None

    def rehearsable(self) -> tuple[Folder, Plan]:
        """Return the folder and what up would apply of it."""
        raise NotImplementedError

    @work(group="asking")
    async def do_rehearse(self) -> None:
        """Try what up would apply, up, verify and down, in a throw-away server; the target is only read."""
        session = self.session
        assert session is not None
        folder, wanted = self.rehearsable()
        try:
            wish = await asyncio.to_thread(_wish, session)
        except ConsoleError as error:
            self.say_error(error)
            return
        consent = await self._agreed(session) if wish == SAME_SERVER else None
        if wish != SAME_SERVER or consent is not None:
            self.action_leave()
            self._run_worker = self._rehearse(session, folder, wanted, wish, consent)

    async def _agreed(self, session: Session) -> Consent | None:
        action = "make a scratch database on its server"
        return await self.app.push_screen_wait(Confirm(session.target, action))

    @work(exclusive=True, group="running", description="Rehearsing migrations.")
    async def _rehearse(
        self, session: Session, folder: Folder, wanted: Plan, wish: Wish, consent: Consent | None
    ) -> None:
        panel = self.query_one(RunPanel)
        panel.begin(f"rehearse {plural(len(wanted.steps), 'migration')} of {session.target.name}")
        self.refresh_keys()
        try:
            async with aclosing(_carried_out(session, folder, wanted, wish, consent)) as events:
                async for event in events:
                    panel.take_rehearsed(event)
        except ConsoleError as error:
            panel.fail(error)
        self.refresh_keys()


def _wish(session: Session) -> Wish:
    """Return the shadow that the profile wishes. Raises UsageError and its kin."""
    return wished(None, session.target.profile, environ=os.environ, cwd=Path.cwd())


async def _carried_out(
    session: Session, folder: Folder, wanted: Plan, wish: Wish, consent: Consent | None
) -> AsyncGenerator[Event, None]:
    async with await session.sibling("rehearsal") as own:
        found = await laying.survey(own)
    beside = Beside(session.target, consent)
    async with aclosing(rehearse(folder, wanted, found=found, wish=wish, beside=beside)) as events:
        async for event in events:
            yield event
