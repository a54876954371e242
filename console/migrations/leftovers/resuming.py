"""Before a statement runs that leaves something behind when it is interrupted: what is there of an earlier run?

CREATE INDEX CONCURRENTLY that fails leaves an index that is invalid. The next attempt would be told that it exists, or,
with IF NOT EXISTS, take it for the one that is wanted, and nobody would ever notice. So it is looked for: what an
earlier run of ours has left is dropped, what somebody else has left is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.db.compose import SQL, Composed, Identifier
from console.db.query import Query
from console.db.writer import Writer
from console.errors import Refused
from console.migrations.leftovers import subject as subjects
from console.migrations.leftovers.subject import Does, Subject
from console.migrations.running.events import Notice
from console.migrations.running.work import Work
from console.migrations.script import Piece
from console.sql.queries import load
from console.sql.quoting import dotted
from console.text import sanitize


class Untouched(Refused):
    """The statement was not sent: what is there in its place is somebody else's."""


@dataclass(frozen=True, slots=True)
class Found:
    """An index as it is: `whole` when queries may use it, `busy` while somebody builds it."""

    schema: str
    name: str
    whole: bool
    busy: bool

    @property
    def shown(self) -> str:
        """Its name, harmless for a terminal."""
        return sanitize(dotted(self.schema, self.name))

    @property
    def dropping(self) -> Composed:
        """The statement that drops it without standing in anybody's way."""
        return SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(Identifier(self.schema, self.name))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of an earlier attempt.

    `begun` says that a run of ours has sent the statement, `doubtful` that it is not known how that ended.
    """

    begun: bool
    doubtful: bool


async def settle(work: Work, writer: Writer, label: str, piece: Piece, pid: int, earlier: Earlier) -> bool:
    """Make the way free for a statement that is about to run alone; return True when its effect is there already.

    `writer` is the connection that the statement will run on, as process `pid`, with its settings. Raises Untouched
    when an invalid index of its name is there that no run of ours has begun, or that somebody is building.
    """
    about = subjects.of(piece.text)
    if about is None:
        return False
    if about.does is Does.DETACH:
        return await _detached(work, writer, label, piece, about, earlier)
    found = await _indexes(writer, about)
    if _is_done(about, found, earlier):
        effect = "is gone" if about.does is Does.DROP else "is there, and valid"
        _tell(work, label, piece, f"had gone through: the index {effect}. It is not run again.")
        return True
    await _make_way(work, writer, label, piece, pid, about, found, earlier)
    return False


async def must_be_whole(writer: Writer, label: str, piece: Piece) -> None:
    """Refuse a CREATE INDEX IF NOT EXISTS within a transaction that would take an invalid index for the wanted one.

    Raises Untouched.
    """
    about = subjects.of(piece.text) if subjects.may_skip(piece.text) else None
    if about is not None and about.does is Does.BUILD and about.if_missing:
        for each in await _indexes(writer, about):
            if not each.whole:
                raise _not_ours(label, each)


async def _indexes(writer: Writer, about: Subject) -> tuple[Found, ...]:
    query = Query(load("leftovers/index"), {"relation": about.table}, row=Found)
    [found] = await writer.read(query)
    return tuple(each for each in found if about.named(each.name))


def _is_done(about: Subject, found: tuple[Found, ...], earlier: Earlier) -> bool:
    if not earlier.doubtful:
        return False
    if about.does is Does.DROP:
        return not found
    return about.does is Does.BUILD and bool(found) and all(each.whole for each in found)


async def _make_way(
    work: Work,
    writer: Writer,
    label: str,
    piece: Piece,
    pid: int,
    about: Subject,
    found: tuple[Found, ...],
    earlier: Earlier,
) -> None:
    """Drop what an earlier attempt has left; a DROP does that itself."""
    for each in found:
        if each.whole or about.does is Does.DROP:
            continue
        if each.busy:
            raise _busy(label, each)
        if earlier.begun:
            _tell(work, label, piece, f"was begun before and has left {each.shown} invalid: that is dropped first.")
            with work.watched(pid, label):
                await writer.execute(each.dropping, doing=f"dropping the invalid index {each.shown}")
        elif about.does is Does.BUILD:
            raise _not_ours(label, each)


async def _detached(work: Work, writer: Writer, label: str, piece: Piece, about: Subject, earlier: Earlier) -> bool:
    values = {"parent": about.table, "partition": dotted(*about.partition)}
    [rows] = await writer.read(Query(load("leftovers/partition"), values))
    if rows and rows[0][0]:
        _tell(work, label, piece, "was begun before: the partition is half detached, and that is finished now.")
        names = (Identifier(*about.path), Identifier(*about.partition))
        finalize = SQL("ALTER TABLE {} DETACH PARTITION {} FINALIZE").format(*names)
        await writer.execute(finalize, doing=f"finishing to detach {sanitize(dotted(*about.partition))}")
        return True
    if not rows and earlier.doubtful:
        _tell(work, label, piece, "had gone through: the partition is detached. It is not run again.")
        return True
    return False


def _tell(work: Work, label: str, piece: Piece, what: str) -> None:
    work.tell(Notice(label, "WARNING", f"Statement {piece.number} {what}"))


def _not_ours(label: str, found: Found) -> Untouched:
    return Untouched(
        f"{label}: the index {found.shown} is there already, and it is invalid: it was never built to its end.",
        detail="No query uses it, and IF NOT EXISTS would take it for the one that is wanted. It was not touched.",
        hint="dbconsole repair drops it; then start again.",
    )


def _busy(label: str, found: Found) -> Untouched:
    return Untouched(
        f"{label}: the index {found.shown} is being built by another session right now.",
        detail="This statement has not run.",
        hint="Wait until it is done, then start again.",
    )
