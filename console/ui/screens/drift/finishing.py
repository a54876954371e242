"""What becomes of what is taken on the screen of drift: a proof, a migration, a file of SQL, a copy, a snapshot."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, aclosing
from pathlib import Path

from textual import work
from textual.worker import Worker

from console.catalog import snapshot
from console.db.session import Session
from console.drift import drifting
from console.drift.drift import Drift
from console.drift.events import DriftFinished, Preparing, Proving
from console.drift.proving.proof import State
from console.drift.saving import Saving, must_lead_on
from console.drift.sources.kinds import Read
from console.errors import ConsoleError
from console.migrations.files import locate
from console.migrations.report import writing
from console.text import plural, sanitize
from console.ui.copying import copy
from console.ui.screens.ask import Ask
from console.ui.screens.drift import known as knowing
from console.ui.screens.drift import texts
from console.ui.screens.drift.known import Known, Shadowing, variables
from console.ui.screens.drift.showing import ShowingScreen
from console.ui.screens.drift.sides import sources

_NAME = "drift"


class FinishingScreen(ShowingScreen):
    """A screen of drift on which what is taken can be proved and kept."""

    @work(group="asking")
    async def do_prove(self) -> None:
        """Run what is taken on the first side in a throw-away server, and compare with what was meant."""
        found, session = self.known, self.session
        assert found is not None
        assert session is not None
        shadowing = await self.shadowing(session)
        if shadowing is not None and self.known is found:
            self.action_leave()
            self.under_way = self._finish(found, session, shadowing, None)

    def prove_taken(self, found: Known, session: Session, shadowing: Shadowing) -> Worker[None]:
        """Begin a proof, before what is taken is applied."""
        return self._finish(found, session, shadowing, None)

    @work(group="asking")
    async def do_save(self) -> None:
        """Ask for a name, and save what is taken as a migration with its way back."""
        await self.save_as_migration()

    async def save_as_migration(self) -> None:
        """Ask for a name, and begin to save."""
        found, session = self.known, self.session
        assert found is not None
        assert session is not None
        try:
            folder = folder_for(found)
        except ConsoleError as error:
            self.say_error(error)
            return
        explain = f"The next migration of {sanitize(str(folder))}, proved there and back before it stays."
        name = await self.app.push_screen_wait(Ask("Save as a migration", value=_NAME, explain=explain))
        shadowing = await self.shadowing(session) if name else None
        if name and shadowing is not None and self.known is found:
            self.action_leave()
            self.under_way = self._finish(found, session, shadowing, Saving(folder, name, variables(session)))

    @work(group="asking")
    async def do_write(self) -> None:
        """Ask for a file, and write the SQL of what is taken to it."""
        found = self.known
        assert found is not None
        explain = "For psql -v ON_ERROR_STOP=1 -f FILE; a file of that name is replaced."
        typed = await self.app.push_screen_wait(Ask("Write the SQL to", value="drift.sql", explain=explain))
        taken = await self.planned(found) if typed else None
        if typed and taken is not None:
            await self._write(typed, texts.whole(taken), "script")

    @work(group="asking")
    async def do_snapshot(self) -> None:
        """Ask for a file, and save the first side as it is now to it."""
        session = self.session
        assert session is not None
        explain = "The first side as it is now; snapshot:FILE can be compared later."
        typed = await self.app.push_screen_wait(Ask("Save a snapshot to", value="snapshot.json", explain=explain))
        shadowing = await self.shadowing(session) if typed and self.sides.takes_shadow else Shadowing()
        if typed and shadowing is not None:
            self.under_way = self._take_snapshot(session, shadowing, typed)

    async def do_copy(self) -> None:
        """Copy the SQL that is shown, else that of what is taken."""
        shown = self.view.sql
        if shown:
            copy(self.app, shown, "the SQL")
            return
        taken = await self.planned(self.known) if self.known is not None else None
        if taken is not None:
            copy(self.app, texts.whole(taken), "the SQL of what is taken")

    def why_not_prove(self) -> str | None:
        """There has to be something to prove."""
        return self.why_not_use_taken()

    why_not_save = why_not_write = why_not_copy = why_not_prove

    def why_not_snapshot(self) -> str | None:
        """Any side can be saved."""
        return self.why_not_work()

    @work(exclusive=True, group="running", description="Proving a drift.")
    async def _finish(self, found: Known, session: Session, shadowing: Shadowing, saving: Saving | None) -> None:
        taken = await self.planned(found)
        if taken is None:
            return
        with self.shown("prove what is taken" if saving is None else f"save {sanitize(saving.name)}") as panel:
            async with aclosing(knowing.finishing(found, taken, session, shadowing, saving)) as events:
                async for event in events:
                    match event:
                        case Preparing():
                            panel.tell(f"{event.what} …")
                        case Proving():
                            panel.count(event.number, event.total)
                        case DriftFinished():
                            self._finished(found, event.drift)

    def _finished(self, found: Known, taken: Drift) -> None:
        """Show the verdict, and which files there are now."""
        proof = taken.proof
        files = [sanitize(str(each)) for each in taken.files]
        said = [proof.sentence, *(each.sentence for each in proof.rest), *(f"saved: {each}" for each in files)]
        if self.known is found:
            self.show(found.proved(taken))
        self.panel.end("\n".join(said), well=proof.state is State.EQUAL)
        if files:
            self.say(f"Saved as a migration: {plural(len(files), 'file')}. Key 3 shows it.")

    @work(exclusive=True, group="running", description="Saving a snapshot.")
    async def _take_snapshot(self, session: Session, shadowing: Shadowing, typed: str) -> None:
        with self.shown("save a snapshot") as panel:
            panel.tell("reading …")
            taken = await self._taken(session, shadowing)
            await asyncio.to_thread(_write, typed, snapshot.dump(taken.catalog), "snapshot")
            objects = plural(len(taken.catalog.objects), "object")
            panel.end(f"{sanitize(taken.label)}, {objects}, is in {sanitize(typed)}", well=True)

    async def _taken(self, session: Session, shadowing: Shadowing) -> Read:
        async with AsyncExitStack() as open_now:
            found = await sources(self.sides, session, self.console, open_now)
            return await drifting.take(found.a, shadowing.wish, shadowing.beside(session))

    async def _write(self, typed: str, text: str, what: str) -> None:
        try:
            await asyncio.to_thread(_write, typed, text, what)
        except ConsoleError as error:
            self.say_error(error)
        else:
            self.say(f"The {what} is in {typed}.")


def _write(typed: str, text: str, what: str) -> None:
    writing.write(Path(typed).expanduser(), text, what)


def folder_for(found: Known) -> Path:
    """Return the folder that a migration belongs into: the one that is compared, else the first side's.

    Raises UsageError where there is none, or where a migration would undo what the folder makes.
    """
    ground = found.ground
    folder = ground.made or locate.folder(ground.target, None, Path.cwd())
    must_lead_on(folder, ground.sources.a, ground.sources.b)
    return folder
