"""Prints results as they come: rows on standard output, words about them on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import TypeAlias

from console.cli.terminal.telling import tell, tell_error
from console.db.query import Batch, Columns, Executed, Row
from console.errors import ConsoleError
from console.rows import formats, types
from console.rows.formats import Form, Json
from console.rows.source import Column
from console.text import plural, sanitize

Parts: TypeAlias = AsyncIterator[Columns | Batch]


class Printer:
    """Prints results in one form; on a terminal nothing in them is anything but text."""

    def __init__(self, form: Callable[[], Form]) -> None:
        self._form = form
        self._harmless = sys.stdout.isatty()

    async def stream(self, parts: Parts) -> int:
        """Print a result batch by batch; return the exit code. Raises what ends the result early."""
        form, count = self._form(), 0
        async for part in parts:
            if isinstance(part, Columns):
                self._put(form.begin(types.columns(part.columns)))
            else:
                self._put(form.rows(part))
                count += len(part)
        self._put(form.end())
        sys.stdout.flush()
        tell(plural(count, "row"))
        return 0

    def executed(self, done: Executed) -> None:
        """Print what a writing statement returned, and its command tag."""
        if done.columns:
            form = self._form()
            self._put(form.begin(types.columns(done.columns)) + form.rows(done.rows) + form.end())
        tell(done.tag)

    def finish(self) -> None:
        """Send what is left on its way."""
        sys.stdout.flush()

    def _put(self, text: str) -> None:
        sys.stdout.write(sanitize(text, lines=True) if self._harmless else text)


class DocumentPrinter:
    """Prints one JSON document, which ends well even when the result does not.

    `columns` are {name, type}; `rows` are objects; writing statements are told in `statements`, each with its tag.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self._statements: list[str] = []

    async def stream(self, parts: Parts) -> int:
        """Print a result as a document; return the exit code. What failed before the first row is raised."""
        form, count, begun = _Document(self._target), 0, False
        try:
            async for part in parts:
                if isinstance(part, Columns):
                    sys.stdout.write(form.begin(types.columns(part.columns)))
                    begun = True
                else:
                    sys.stdout.write(form.rows(part))
                    count += len(part)
        except ConsoleError as error:
            if not begun:
                raise
            sys.stdout.write(form.end(summary=error.title, error=error))
            tell_error(error)
            return error.exit_code
        sys.stdout.write(form.end(summary=plural(count, "row")))
        return 0

    def executed(self, done: Executed) -> None:
        """Remember what a writing statement did, for `finish`."""
        rows = Json()
        text = rows.begin(types.columns(done.columns)) + rows.rows(done.rows) + rows.end()
        self._statements.append(f'{{"tag": {json.dumps(done.tag)}, "rows": {text.strip()}}}')

    def finish(self) -> None:
        """Print the document of what was written."""
        head = {"target": self._target, "ok": True, "summary": plural(len(self._statements), "statement")}
        statements = ",\n  ".join(self._statements)
        sys.stdout.write(f'{json.dumps(head)[:-1]}, "statements": [\n  {statements}\n]}}\n')


class _Document:
    """The form of a document: head, rows as objects, and an end that says how it went."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._rows = Json()

    def begin(self, columns: Sequence[Column]) -> str:
        head = json.dumps([{"name": column.name, "type": column.type_name} for column in columns])
        return f'{{"target": {json.dumps(self._target)}, "columns": {head}, "rows": {self._rows.begin(columns)}'

    def rows(self, rows: Iterable[Row]) -> str:
        return self._rows.rows(rows)

    def end(self, *, summary: str, error: ConsoleError | None = None) -> str:
        rest = {"ok": error is None, "summary": summary} | ({"error": error.as_dict()} if error else {})
        return f"{self._rows.end().rstrip()}, {json.dumps(rest)[1:]}\n"


def form_named(name: str) -> Callable[[], Form]:
    """Return the maker of a form by the name that --format takes."""
    if name == "table":
        from console.cli.rows.aligned import Aligned

        return Aligned
    return formats.FORMS[name]
