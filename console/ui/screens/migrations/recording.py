"""Adopt and repair on the migrations screen: what changes the ledger and runs no migration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual import work

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations.states import Standing, State
from console.text import plural
from console.ui.screens.confirm import Confirm
from console.ui.screens.migrations.state import MigrationsState

if TYPE_CHECKING:
    from console.migrations.adopt import Adoption
    from console.migrations.files.own_tool import OwnTool
    from console.migrations.repair import Repair

_UP_TO = (State.PENDING, State.OUT_OF_ORDER, State.FAILED, State.UNSUPPORTED)


class RecordingScreen(MigrationsState):
    """A screen of migrations whose ledger can be mended."""

    def do_adopt(self) -> None:
        """Record as applied up to the chosen one, or all that is pending when an applied one is chosen."""
        from console.migrations import adopt

        wanted = self._adoption()
        assert wanted is not None
        action = f"record {plural(len(wanted.rows), 'migration')} as applied without running"
        lines = [f"record  {row.migration.label}" for row in wanted.rows]
        self._record(action, lines, lambda own, said: adopt.carry_out(own, wanted, said), wanted.summary)

    def do_repair(self) -> None:
        """Accept edited and renamed files, take failed marks away."""
        from console.migrations import repair

        wanted = self._repair()
        assert wanted is not None
        self._record(
            wanted.action, wanted.sentences, lambda own, said: repair.carry_out(own, wanted, said), wanted.summary
        )

    def why_not_adopt(self) -> str | None:
        """Adopting needs something that is not recorded, and a ledger that is not another tool's alone."""
        if self._own is not None:
            return self._own.refusal("adopt").title
        pending = self.known is not None and any(each.state in _UP_TO for each in self.standings)
        return None if pending else "Nothing is pending."

    def why_not_repair(self) -> str | None:
        """Repairing needs something that is not right, and a ledger that is not another tool's alone."""
        if self._own is not None:
            return self._own.refusal("repair").title
        broken = self.known is not None and (self.known.leftovers or any(_to_mend(each) for each in self.standings))
        wanted = self._repair() if broken else None
        if wanted is None or not (wanted.wanted or wanted.cures):
            return "Nothing has to be repaired."
        return None if wanted.wanted else wanted.cures[0].sentence

    @property
    def _own(self) -> OwnTool | None:
        """The tool that alone runs these migrations and writes their ledger."""
        return self.known.folder.tool if self.known is not None else None

    def _adoption(self) -> Adoption | None:
        from console.migrations import adopt

        if self.known is None:
            return None
        to = self.chosen.version if self.chosen is not None and self.chosen.state in _UP_TO else None
        return adopt.plan(self.known.chosen, self.known.recorded, to=to)

    def _repair(self) -> Repair | None:
        from console.migrations import repair

        known = self.known
        if known is None or known.folder.tool is not None:
            return None
        return repair.plan(known.chosen, known.recorded, known.leftovers)

    @work(group="asking")
    async def _record(
        self, action: str, lines: Sequence[str], carry_out: Callable[[Session, Consent], Awaitable[None]], done: str
    ) -> None:
        """Ask, do it on a connection of its own, and tell what was done."""
        session = self.session
        assert session is not None
        consent = await self.app.push_screen_wait(Confirm(session.target, action, list(lines)))
        if consent is None:
            return
        try:
            async with await session.sibling("migrations", direct=True) as own:
                await carry_out(own, consent)
        except ConsoleError as error:
            self.say_error(error)
        else:
            self.say(done)
        self.read_again()


def _to_mend(standing: Standing) -> bool:
    marked = standing.dirty is not None and standing.unfinished is None
    return marked or standing.state in (State.EDITED, State.RENAMED)
