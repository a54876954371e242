"""Lays the ground of a rehearsal: reads what a target is, and makes the same, without its rows, in the shadow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from console.catalog import ddl, reader
from console.catalog.model import Catalog, Extension
from console.db.query import Query, sendable
from console.db.server import Server
from console.db.session import Session
from console.db.writer import Writer
from console.errors import ConnectionLost, ConsoleError, Interrupted, StatementFailed
from console.migrations.rehearsal.fitting import fitting
from console.migrations.rehearsal.stage import Stage, identity, roles
from console.migrations.rehearsal.verdict import LeftOut
from console.sql import statements
from console.sql.queries import load
from console.sql.title import title
from console.text import sanitize

_CHUNK = 500  # statements in a transaction: each table made in it is a lock held


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the migrations will find at the target: everything but rows. `offers` are the extensions it could make.

    `identity` tells its server from all others, if the role may know.
    """

    server: Server
    identity: str
    catalog: Catalog
    roles: frozenset[str]
    search_path: str
    offers: frozenset[str]

    @property
    def extensions(self) -> frozenset[str]:
        """The extensions that are installed there."""
        return frozenset(each.key.name for each in self.catalog.of(Extension))


@dataclass(frozen=True, slots=True)
class Laid:
    """What was made in the shadow: how many objects, and what could not be."""

    objects: int
    left_out: tuple[LeftOut, ...]


async def survey(session: Session) -> Surroundings:
    """Read a target, in read-only transactions; no row of its tables is read. Raises what reading raises."""
    catalog = await reader.read(session)
    assert session.server is not None
    [[(path,)]] = await session.read(Query(load("rehearsal/search_path")))
    return Surroundings(
        session.server, await identity(session), catalog, await roles(session), path, await offers(session)
    )


async def offers(session: Session) -> frozenset[str]:
    """Return the extensions that can be made on a session's server."""
    [rows] = await session.read(Query(load("rehearsal/extensions")))
    return frozenset(name for (name,) in rows)


async def lay(stage: Stage, found: Surroundings) -> Laid:
    """Make in an empty database what a target has. What cannot be made there is left out and named.

    Roles are not made here. Raises ConnectionFailed and its kin.
    """
    laid = await make(stage, found.catalog)
    async with stage.session.writing(stage.consent, doing="setting the search path") as writer:
        await writer.reset()
        await writer.execute(load("rehearsal/set_search_path"), {"path": found.search_path})
        await writer.execute(load("rehearsal/keep_search_path"))
    return laid


async def make(stage: Stage, whole: Catalog, *, faithful: bool = True) -> Laid:
    """Make the objects of a catalog in an empty database; what cannot be made there is left out and named.

    `faithful` as of `ddl.statements`. Roles are not made here. Raises ConnectionFailed and its kin.
    """
    catalog, left_out = fitting(whole, await offers(stage.session))
    assert stage.session.server is not None
    texts = ddl.statements(catalog, owners=stage.session.server.superuser, faithful=faithful)
    failed: list[LeftOut] = []
    for chunk in _chunks(texts):
        try:
            await _write(stage, chunk, _all)
        except StatementFailed:
            failed += await _write(stage, chunk, _possible)
    return Laid(len(catalog.objects), (*left_out, *failed))


async def _write(
    stage: Stage, texts: Sequence[str], way: Callable[[Writer, Sequence[str]], Awaitable[tuple[LeftOut, ...]]]
) -> tuple[LeftOut, ...]:
    async with stage.session.writing(stage.consent, doing="making the target's schema in the shadow") as writer:
        return await way(writer, texts)


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield so many statements at once that their locks are few; what is SET in one holds in all that follow."""
    return (texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK))


async def _all(writer: Writer, texts: Sequence[str]) -> tuple[LeftOut, ...]:
    await writer.together(*(Query(sendable(text)) for text in texts))
    return ()


async def _possible(writer: Writer, texts: Sequence[str]) -> tuple[LeftOut, ...]:
    """Run what can be run; return what could not, the first words of each statement with the server's."""
    left_out = []
    for text in texts:
        try:
            async with writer.savepoint():
                await writer.execute(text, doing="it")
        except (ConnectionLost, Interrupted):
            raise
        except ConsoleError as error:
            left_out.append(LeftOut(title(statements.one(text)), sanitize(error.title.removeprefix("It failed: "))))
    return tuple(left_out)
