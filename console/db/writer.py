"""What writes: one transaction or one statement outside any, handed out by a session against consent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, LiteralString

import psycopg
from psycopg import sql as composing

from console.db import reading, settings
from console.db.bundle import Bundle, Sent
from console.db.connecting import failures
from console.db.connecting.connection import Connection
from console.db.query import Column, Executed, Query, Row, sendable
from console.db.text_rows import columns_of, give_as_text
from console.errors import CommitUnknown, StatementFailed

# What a database's default_transaction_isolation says is for its applications: a lock that is waited for must be seen
# as it is after the wait.
_BEGIN_WRITING: LiteralString = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
# What has been set for the session is forgotten: role, search_path and the like.
_RESET: tuple[LiteralString, ...] = ("RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL")
_LAST_WORD = 10.0  # seconds that ROLLBACK may take, and COMMIT after somebody has cancelled


class Writer:
    """Runs statements one at a time, each sent alone, results as text.

    `notices` collects what the server says besides (severity, text) until somebody takes them. `committing` is true
    from the moment COMMIT is sent: only before it is a lost connection certain to leave nothing. `first` are the rows
    of the statement that went with BEGIN, if one did, as text.
    """

    def __init__(self, connection: Connection, doing: str) -> None:
        self._connection = connection
        self._doing = doing
        self.committing = False
        self.notices: list[tuple[str, str]] = []
        self.first: tuple[Row, ...] = ()
        self._last: list[Query] = []
        connection.add_notice_handler(self._note)

    @property
    def greeted_by(self) -> int:
        """The process that greeted this connection; not the one that answers when a pooler is in between."""
        return self._connection.info.backend_pid

    async def execute(
        self,
        sql: str | composing.Composed,
        params: Mapping[str, object] | None = None,
        *,
        doing: str | None = None,
        whole: str | None = None,
        start: int = 0,
    ) -> Executed:
        """Run one statement.

        Raises StatementFailed and its kin with the place in `sql`, or in the `whole` text where that begins at `start`.
        """
        cursor, text = self._connection.cursor(), sendable(sql)
        try:
            # In pipeline mode a message carries one statement; psycopg's plain execute could carry two.
            async with self._connection.pipeline():
                await cursor.execute(text, params)
            columns = columns_of(cursor)
            rows = await _texts(cursor, columns)
        except psycopg.Error as error:
            shown = whole or (sql if isinstance(sql, str) else None)
            raise self._failure(error, doing, sql=shown, start=start) from error
        except UnicodeError as error:
            raise failures.unreadable(error, doing or self._doing) from error
        return Executed(cursor.statusmessage or "", max(cursor.rowcount, 0), columns, rows)

    @contextlib.asynccontextmanager
    async def bundle(self, *statements: Sent) -> AsyncIterator[Callable[[], Awaitable[str]]]:
        """Send statements in one round trip, each in a message of its own; give what waits for the next one's tag.

        It raises StatementFailed and its kin, with the place as `execute` does; then it is not asked again.
        """
        async with self._connection.pipeline() as pipeline:
            bundle, left = Bundle(self._connection, pipeline, statements), iter(statements)

            async def answer() -> str:
                each = next(left)
                try:
                    return await bundle.answer()
                except psycopg.Error as error:
                    raise self._failure(error, each.doing, sql=each.whole or each.text, start=each.start) from error
                except UnicodeError as error:
                    raise failures.unreadable(error, each.doing) from error

            yield answer

    async def together(self, *queries: Query) -> None:
        """Run statements of ours in one round trip; what they return is dropped. Raises StatementFailed and its kin."""
        try:
            async with self._connection.pipeline():
                for query in queries:
                    await self._connection.execute(query.sql, query.params)
        except psycopg.Error as error:
            raise self._failure(error) from error

    async def read(self, *queries: Query) -> list[list[Any]]:
        """Send reading statements of ours in one round trip; return the rows of each. Raises StatementFailed."""
        cursors = []
        try:
            async with self._connection.pipeline():
                for query in queries:
                    cursor = self._connection.cursor(row_factory=reading.row_factory(query))
                    await cursor.execute(query.sql, query.params)
                    cursors.append(cursor)
            return [await cursor.fetchall() for cursor in cursors]
        except psycopg.Error as error:
            raise self._failure(error) from error

    async def tried(self, query: Query) -> list[Any]:
        """Return the rows of a statement of ours, in one round trip; none when it fails, which harms nothing else."""
        cursor = self._connection.cursor(row_factory=reading.row_factory(query))
        try:
            async with self._connection.pipeline():
                await self._command("SAVEPOINT tried")
                await cursor.execute(query.sql, query.params)
                await self._command("RELEASE SAVEPOINT tried")
            return await cursor.fetchall()
        except psycopg.Error as error:
            if failures.lost(error):
                raise self._failure(error) from error
            await self._command("ROLLBACK TO SAVEPOINT tried")
            return []

    @contextlib.asynccontextmanager
    async def savepoint(self, name: LiteralString = "step") -> AsyncIterator[None]:
        """Undo only what happens inside when it raises."""
        await self._command(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            await self._command(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        await self._command(f"RELEASE SAVEPOINT {name}")

    async def begin(self, limits: settings.Limits, *, read_only: bool = False, first: Query | None = None) -> None:
        """Open the transaction with its timeouts, and send `first` in it, all in one round trip.

        When something of it fails, the transaction is rolled back.
        """
        sent = self._connection.cursor()
        timeouts = settings.LOCAL if read_only else settings.WRITING
        try:
            async with self._connection.pipeline():
                await self._command("BEGIN READ ONLY" if read_only else _BEGIN_WRITING)
                await self._connection.execute(timeouts, settings.values(limits))
                if first is not None:
                    await sent.execute(first.sql, first.params)
            self.first = await _texts(sent, columns_of(sent))
        except BaseException:
            await self.rollback()
            raise

    async def prepare(self, limits: settings.Limits) -> None:
        """Set the timeouts of a connection that is closed after use."""
        await self._connection.execute(settings.FOR_SESSION, settings.values(limits))

    async def reset(self) -> None:
        """Forget what the statements so far have set for the session: role, search_path and the like."""
        async with self._connection.pipeline():
            for command in _RESET:
                await self._command(command)

    def at_the_end(self, *queries: Query, reset: bool = False) -> None:
        """Have statements of ours go with COMMIT, in its round trip; when one fails, nothing is committed.

        `reset` forgets before them what was set for the session, as `reset()` does.
        """
        self._last += [Query(command) for command in _RESET] if reset else []
        self._last += queries

    async def commit(self) -> None:
        """Make it last; a task that is cancelled meanwhile is so right after it, when the outcome is known.

        Raises CommitUnknown when nobody knows whether it lasts, StatementFailed when it was undone instead.
        """
        began = f"{self._doing[0].upper()}{self._doing[1:]}"
        self.committing = True
        try:
            tag = await _to_its_end(self._commit(), f"{began} was committed before it could be stopped.")
        except TimeoutError:
            self._connection.cut()
            raise self._unknown("No answer came in time.") from None
        except psycopg.Error as error:
            if failures.lost(error):
                raise self._unknown(failures.said(error)) from error
            await self.rollback()
            raise
        finally:
            self.silence()
        if tag != "COMMIT":
            raise StatementFailed(
                f"{began} was not committed.",
                detail="A statement in it had failed, so the server rolled it back. Nothing of it remains.",
            )

    async def rollback(self) -> None:
        """Undo it all; a connection that is gone has done so already."""
        self._connection.patience = _LAST_WORD
        with contextlib.suppress(psycopg.Error):
            await self._command("ROLLBACK")
        self.silence()

    def silence(self) -> None:
        """Take no more notices."""
        with contextlib.suppress(ValueError):  # taken off already
            self._connection.remove_notice_handler(self._note)

    async def _commit(self) -> str:
        if not self._last:
            return (await self._connection.execute("COMMIT")).statusmessage or ""
        async with self._connection.pipeline():
            for query in self._last:
                await self._connection.execute(query.sql, query.params)
            cursor = await self._connection.execute("COMMIT")
        return cursor.statusmessage or ""

    async def _command(self, command: LiteralString) -> None:
        await self._connection.execute(command)

    def _failure(
        self, error: psycopg.Error, doing: str | None = None, *, sql: str | None = None, start: int = 0
    ) -> Exception:
        stopped, version = self._connection.stopped, self._connection.info.server_version
        return failures.statement(error, doing or self._doing, sql=sql, start=start, stopped=stopped, version=version)

    def _unknown(self, said: str) -> CommitUnknown:
        return CommitUnknown(
            f"The connection was lost while committing ({self._doing}): whether it was committed is not known.",
            detail=said,
            hint="Look whether the changes are there before doing it again. Nothing was sent twice.",
        )

    def _note(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        self.notices.append((diagnostic.severity or "NOTICE", diagnostic.message_primary or ""))


async def _texts(cursor: psycopg.AsyncCursor[Any], columns: tuple[Column, ...]) -> tuple[Row, ...]:
    """Return the rows of a statement, as text."""
    give_as_text(cursor, columns)
    return tuple(await cursor.fetchall()) if columns else ()


async def _to_its_end(work: Awaitable[str], late: str) -> str:
    """Wait for what must not be left half-way; a cancellation that comes meanwhile is put off until it is done.

    It then comes with `late` as its message. Raises TimeoutError when it does not come to its end after that.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with contextlib.suppress(asyncio.CancelledError):  # who cancels twice waits no longer
            await asyncio.wait({task}, timeout=_LAST_WORD)
        _cancel_again(late)
        if task.done():
            return task.result()
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # nobody waits for it now
        raise TimeoutError from None


def _cancel_again(message: str) -> None:
    """Have the cancellation that was caught come once more, at the next occasion."""
    task = asyncio.current_task()
    assert task is not None
    task.uncancel()
    task.cancel(message)
