"""What writes: one transaction or one statement outside any, handed out by a session against consent."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any, LiteralString

import psycopg
from psycopg import sql as composing

from console.db import failures, settings
from console.db.query import Executed, Query
from console.db.text_rows import columns_of, text_cursor

# What a database's default_transaction_isolation says is for its applications: a lock that is waited for must be seen
# as it is after the wait.
_BEGIN_WRITING: LiteralString = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"


class Writer:
    """Runs statements one at a time, each sent alone, results as text.

    `notices` collects what the server says besides (severity, text) until somebody takes them.
    """

    def __init__(self, connection: psycopg.AsyncConnection[Any], doing: str) -> None:
        self._connection = connection
        self._doing = doing
        self.notices: list[tuple[str, str]] = []
        connection.add_notice_handler(self._note)

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
        cursor = text_cursor(self._connection)
        try:
            # In pipeline mode a message carries one statement; psycopg's plain execute could carry two.
            async with self._connection.pipeline():
                await cursor.execute(_literal(sql), params)
            rows = tuple(await cursor.fetchall()) if cursor.description else ()
        except psycopg.Error as error:
            text = whole or (sql if isinstance(sql, str) else None)
            raise failures.statement(error, doing or self._doing, sql=text, start=start) from error
        return Executed(cursor.statusmessage or "", max(cursor.rowcount, 0), columns_of(cursor.description), rows)

    async def together(self, *queries: Query) -> None:
        """Run statements of ours in one round trip; what they return is dropped. Raises StatementFailed and its kin."""
        try:
            async with self._connection.pipeline():
                for query in queries:
                    await self._connection.execute(query.sql, query.params)
        except psycopg.Error as error:
            raise failures.statement(error, self._doing) from error

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

    async def begin(self, limits: settings.Limits, *, read_only: bool = False) -> None:
        """Open the transaction with its timeouts, in one round trip."""
        async with self._connection.pipeline():
            await self._command("BEGIN READ ONLY" if read_only else _BEGIN_WRITING)
            await self._connection.execute(settings.LOCAL, settings.values(limits))

    async def prepare(self, limits: settings.Limits) -> None:
        """Set the timeouts of a connection that is closed after use."""
        await self._connection.execute(settings.FOR_SESSION, settings.values(limits))

    async def reset(self) -> None:
        """Forget what the statements so far have set for the session: role, search_path and the like."""
        async with self._connection.pipeline():
            await self._command("RESET SESSION AUTHORIZATION")
            await self._command("RESET ROLE")
            await self._command("RESET ALL")

    async def commit(self) -> None:
        """Make it last."""
        try:
            await self._command("COMMIT")
        finally:
            self._connection.remove_notice_handler(self._note)

    async def rollback(self) -> None:
        """Undo it all; a connection that is gone has done so already."""
        with contextlib.suppress(psycopg.Error):
            await self._command("ROLLBACK")
        with contextlib.suppress(ValueError):  # a commit that failed has taken it off
            self._connection.remove_notice_handler(self._note)

    async def _command(self, command: LiteralString) -> None:
        await self._connection.execute(command)

    def _note(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        self.notices.append((diagnostic.severity or "NOTICE", diagnostic.message_primary or ""))


def _literal(sql: str | composing.Composed) -> Any:
    """psycopg wants LiteralString against injection; what comes here is a whole statement that a person wrote."""
    return sql
