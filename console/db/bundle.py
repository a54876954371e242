"""Statements that travel together: each in a message of its own, none waits for the answer to the one before.

The server runs one after the other and answers each as soon as it is done; after one that fails it leaves out the rest.
So a script costs one round trip and not one for each statement, and it is still known which one runs, and which failed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from console.db.connecting.connection import Connection
from console.db.connecting.pipeline import Pipeline
from console.db.query import sendable


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement on its way. `doing` says what it does; it begins at `start` in the text `whole`, where it has one."""

    text: str
    doing: str
    whole: str | None = None
    start: int = 0


class Bundle:
    """Statements in one round trip, inside a pipeline that is open; they go out when the first answer is asked for."""

    def __init__(self, connection: Connection, pipeline: Pipeline, statements: Sequence[Sent]) -> None:
        self._connection = connection
        self._pipeline = pipeline
        self._statements = statements
        self._waiting: deque[psycopg.AsyncCursor[Any]] = deque()
        self._failed: psycopg.AsyncCursor[Any] | None = None
        self._error: Exception | None = None
        self._sent = False

    async def answer(self) -> str:
        """Wait for the next statement, and return what the server calls it, such as `INSERT 0 40`.

        Raises what the driver raises when it has failed; nothing comes after that.
        """
        if not self._sent:
            self._sent = True
            await self._send()
        cursor = self._waiting.popleft()
        while cursor.pgresult is None:
            if cursor is self._failed and self._error is not None:
                raise self._error
            await self._pipeline.answer()
        return cursor.statusmessage or ""

    async def _send(self) -> None:
        """Send all that can be sent; an answer that comes meanwhile may say that one of them has failed."""
        cursors = [self._connection.cursor() for _ in self._statements]
        self._waiting.extend(cursors)
        for number, (cursor, each) in enumerate(zip(cursors, self._statements, strict=True)):
            try:
                if number:
                    self._pipeline.ask_for_answers()
                await cursor.execute(sendable(each.text))
            except psycopg.Error as error:
                self._error, self._failed = error, _first_without_answer(cursors)
                return
            except UnicodeError as error:
                self._error, self._failed = error, cursor
                self._pipeline.ask_for_answers()
                break
        try:
            await self._pipeline.end()
        except psycopg.Error as error:
            self._error, self._failed = error, _first_without_answer(cursors)


def _first_without_answer(cursors: Sequence[psycopg.AsyncCursor[Any]]) -> psycopg.AsyncCursor[Any] | None:
    """Return whom an error belongs to: answers come in the order of the statements."""
    return next((each for each in cursors if each.pgresult is None), None)
