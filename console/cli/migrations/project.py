"""A verb's target together with its folder of migrations: what status, up, down, redo, verify and seed start from."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.call.invocation import current
from console.cli.call.targeting import meant, opened, sort_words, with_password
from console.config.profile import Target
from console.migrations.files import formats, locate
from console.migrations.files.folder import Folder

if TYPE_CHECKING:
    from console.db.session import Session
    from console.migrations.ledgers.choosing import Chosen


@dataclass(frozen=True, slots=True)
class Project:
    """Where the migrations are, and where they go."""

    target: Target
    folder: Folder

    @classmethod
    def of(cls, words: Sequence[str], given: Path | None, *, writes: bool = False) -> Project:
        """Return what the words of a verb and its --dir mean. Nothing is connected to yet.

        Raises UsageError and its kin, before anybody is asked for a password.
        """
        target = meant(sort_words(words, at_most=0).target, writes=writes)
        path = locate.folder(target, given, Path.cwd())
        folder = formats.of_profile(path, target.profile, current().variables)
        return cls(with_password(target), folder)

    def known(self, target: Target) -> Project:
        """Return the same with what a session had to ask a person for, so that the next one need not ask again."""
        if self.target.demo is not None or target.password is None:
            return self
        return replace(self, target=replace(self.target, password=target.password))

    @asynccontextmanager
    async def session(self, what: str, *, direct: bool = False) -> AsyncIterator[Session]:
        """Open a session on the target, for as long as the block lasts."""
        async with opened(self.target, what, direct=direct) as session:
            yield session

    async def chosen(self, session: Session) -> Chosen:
        """Return the ledger in which the target remembers these migrations, and why it is that one.

        Raises UsageError when several could be meant, Refused when a table is not what it would have to be.
        """
        from console.migrations.ledgers.choosing import choose

        return await choose(session, self.folder, self.target.profile)
