"""What the words of `drift` mean: sessions that are opened, folders and files that are read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.call.invocation import current
from console.cli.call.targeting import opened, resolve
from console.config.profile import Profile
from console.config.shadow import SAME_SERVER, Wish, wished
from console.drift.drifting import Asked
from console.drift.saving import Saving, must_lead_on
from console.drift.sources import choosing
from console.drift.sources.kinds import Live, Made, Source
from console.drift.sources.words import Sort, Word, meant
from console.errors import UsageError
from console.migrations.files import locate
from console.migrations.rehearsal.shadows import Beside
from console.text import sanitize

if TYPE_CHECKING:
    from console.cli.drift.wishing import How
    from console.db.session import Session


class Comparing:
    """The two sides as they come to be known; sessions are closed with `open_now`."""

    def __init__(self, how: How, open_now: AsyncExitStack) -> None:
        self._how = how
        self._open_now = open_now
        self._sessions: list[Session] = []

    async def asked(self, words: Sequence[str]) -> Asked:
        """Return what is to be compared. Raises UsageError and its kin, ConnectionFailed and its kin."""
        if len(words) > 2:
            raise UsageError(f"There are {len(words)} words, and two sides at most: FROM and TO.")
        said = [meant(word, Path.cwd()) for word in words]
        if len(said) == 1 and said[0].sort is not Sort.TARGET:
            raise UsageError(f"{sanitize(words[0])} is one side.", hint="Name what it is to be turned into as well.")
        sources = [await self._source(word) for word in said] or [await self.one(None)]
        a = sources[0]
        if len(sources) == 1:
            assert isinstance(a, Live)
            b: Source = await choosing.own_migrations(a.session, self._how.folder, current().variables)
        else:
            b = sources[1]
        how = self._how
        return Asked(a, b, how.wishes, how.proof, self.wish(), self.beside(), self._saving(a, b), whole=False)

    async def one(self, word: str | None) -> Source:
        """Return one source; without a word the default target."""
        return await (self._live(None) if word is None else self._source(meant(word, Path.cwd())))

    def wish(self) -> Wish:
        """Return which shadow is wished for: by the option, else by the profile of the first target."""
        return wished(self._how.shadow, self._profile, environ=os.environ, cwd=Path.cwd())

    def beside(self) -> Beside | None:
        """Return the first target for a shadow beside it; for one on its server somebody is asked.

        Raises Refused without consent.
        """
        from console.cli.call.consenting import ask

        if not self._sessions:
            return None
        target = self._sessions[0].target
        if self.wish() != SAME_SERVER:
            return Beside(target)
        action = "make a scratch database on its server"
        return Beside(target, ask(target, action, yes=self._how.yes, confirm=self._how.confirm))

    @property
    def _profile(self) -> Profile | None:
        return next((each.target.profile for each in self._sessions if each.target.profile is not None), None)

    async def _source(self, word: Word) -> Source:
        match word.sort:
            case Sort.TARGET:
                return await self._live(word.text)
            case _:
                return choosing.at_rest(word, current().variables)

    async def _live(self, word: str | None) -> Live:
        target = resolve(word)
        session = await self._open_now.enter_async_context(opened(target, "drift"))
        self._sessions.append(session)
        return choosing.of_session(session)

    def _saving(self, a: Source, b: Source) -> Saving | None:
        """Return where a migration is to be saved: --dir, else the folder that is compared, else the target's."""
        how = self._how
        if how.name is None:
            return None
        made = next((each.folder.path for each in (a, b) if isinstance(each, Made)), None)
        target = self._sessions[0].target if self._sessions else None
        folder = how.folder or made or locate.folder(target, None, Path.cwd())
        must_lead_on(folder, a, b)
        return Saving(folder, how.name, current().variables)
