"""Opens the place of a rehearsal: a server of ours, one that was named, or a scratch database beside the target."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass

from console.config.profile import Target
from console.config.shadow import SAME_SERVER, Wish
from console.db.compose import SQL, Identifier
from console.db.guard import Consent, consent
from console.db.local.shadow import Shadow, Source
from console.db.scratch import scratch
from console.db.session import Session
from console.errors import ConsoleError, Interrupted, UsageError
from console.migrations.rehearsal import stage
from console.text import sanitize

_DROP_ROLE = SQL("DROP ROLE {}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where is rehearsed: an empty database. `source` is what it is called, `standins` what it has as functions only.

    `shared` says that it is on the target's own server, `own` that it is on a server that we have started.
    """

    target: Target
    source: str
    standins: frozenset[str] = frozenset()
    shared: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """The target itself, and the word to make a scratch database on its server, which `same-server` needs."""

    target: Target
    consent: Consent | None = None


def stopped(said: str, detail: str) -> Callable[[BaseException | None], Interrupted]:
    """Return what makes of a failure, or of none, the error to raise when a person has stopped work in a shadow.

    It says what may be left of the shadow; `said` is what was stopped, `detail` what is the state now.
    """

    def interrupted(failure: BaseException | None) -> Interrupted:
        if failure is None or isinstance(failure, Interrupted):
            return Interrupted(f"{said}; the shadow is gone.", detail=detail)
        why = failure.title if isinstance(failure, ConsoleError) else str(failure)
        return Interrupted(f"{said}; whether the shadow is gone is not known.", detail=f"{sanitize(why)}\n{detail}")

    return interrupted


@dataclass(frozen=True, slots=True)
class Where:
    """Where a shadow is wished, and the target that it stands beside; by itself whichever fits best."""

    wish: Wish = ""
    beside: Beside | None = None


@contextlib.asynccontextmanager
async def opened(
    wish: Wish, beside: Beside | None, *, major: int, extensions: Collection[str], identity: str = ""
) -> AsyncIterator[Place]:
    """Have a shadow for as long as the block lasts; nothing of it is left behind.

    `identity` is that of the target's server, whatever ways lead to it. Raises UsageError when there is none of that
    kind, ConnectionFailed and its kin, StatementFailed.
    """
    if isinstance(wish, Target):
        async with _at(wish, beside, identity) as place:
            yield place
    elif wish == SAME_SERVER:
        async with _same_server(beside) as place:
            yield place
    else:
        source = Source(wish) if wish else None
        async with Shadow.running(major=major, extensions=extensions, source=source) as shadow:
            found = Source.EMBEDDED if shadow.server.installation.embedded else Source.LOCAL
            yield Place(shadow.target, found.value, shadow.standins, own=True)


@contextlib.asynccontextmanager
async def _at(server: Target, beside: Beside | None, identity: str) -> AsyncIterator[Place]:
    """Make a scratch database at a URL; the roles that came meanwhile are dropped after it."""
    word = consent(server, action="make a scratch database")
    before, found = await _known(server)
    shared = (identity != "" and found == identity) or (beside is not None and _same(server, beside.target))
    try:
        async with scratch(server, word) as target:
            yield Place(target, "url", shared=shared)
    finally:
        if not shared:
            after, _ = await _known(server)
            await _drop(server, word, after - before)


@contextlib.asynccontextmanager
async def _same_server(beside: Beside | None) -> AsyncIterator[Place]:
    if beside is None:
        raise UsageError("There is no server for a scratch database: no target was given.", hint="Name a target.")
    if beside.consent is None:
        raise UsageError("A scratch database on the target's own server was not agreed to.")
    async with scratch(beside.target, beside.consent) as target:
        yield Place(target, SAME_SERVER, shared=True)


def _same(one: Target, other: Target) -> bool:
    ways = [{key: way.get(key, "") for key in ("host", "port")} for way in (one.params, other.params)]
    return ways[0] == ways[1]


async def _known(server: Target) -> tuple[frozenset[str], str]:
    """Return a server's roles, and what tells it from others."""
    async with await Session.open(server, what="shadow", direct=True) as session:
        return await stage.roles(session), await stage.identity(session)


async def _drop(server: Target, word: Consent, names: Collection[str]) -> None:
    """Drop roles that only the scratch database had; one that something else needs by now stays."""
    async with await Session.open(server, what="shadow", direct=True) as session:
        for name in names:
            with contextlib.suppress(ConsoleError):
                async with session.writing(word, doing="dropping a role") as writer:
                    await writer.execute(_DROP_ROLE.format(Identifier(name)))
