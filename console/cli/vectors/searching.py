"""`dbconsole search`: which columns of vectors there are, what lies near what, and how well an index finds it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.terminal.telling import answer
from console.cli.vectors.questioning import Asked, Form, Looked, questioned
from console.errors import UsageError
from console.text import plural

if TYPE_CHECKING:
    from console.cli.vectors.hits import Hits
    from console.cli.vectors.parts import Part
    from console.config.profile import Target
    from console.db.session import Session
    from console.vectors.column import VectorColumn


@click.command()
@options.words_and("[[SCHEMA.]TABLE[.COLUMN]]")
@questioned
def search(words: tuple[str, ...], asked: Asked, looked: Looked, form: Form) -> int:
    """Search a column of vectors; without anything to search for, list the columns that there are.

    The column may be left out where the table, or the database, has only one.
    """
    from console.cli.call.running import run
    from console.cli.call.targeting import opened, resolve, sort_words

    sorted_words = sort_words(words, at_most=1)
    name = sorted_words.rest[0] if sorted_words.rest else None
    target = resolve(sorted_words.target, writes=looked.build)
    if form.listed or not (name or asked.asks or looked.anything):
        if name:
            raise UsageError("--list lists all columns.", hint="Leave one of the two out.")
        return _list(target, form)

    async def work() -> list[Part]:
        async with opened(target, "search", direct=looked.build) as session:
            return await _Searching(target, session, asked, looked, form).parts(name)

    parts = run(work)
    return _told(parts, target, form)


def _list(target: Target, form: Form) -> int:
    from console.cli.call.running import run
    from console.cli.call.targeting import opened
    from console.cli.vectors import listing

    async def work() -> listing.Listed:
        async with opened(target, "search") as session:
            return await listing.read(session)

    listed = run(work)
    if form.as_json:
        answer(listing.as_dict(listed), target=target.name, ok=True)
    else:
        listing.print_list(listed)
    return 0


def _told(parts: list[Part], target: Target, form: Form) -> int:
    """Print what came of it, and return the exit code."""
    from console.cli.call.ending import gravest

    code = gravest({part.code for part in parts})
    if form.as_json:
        shape: dict[str, object] = {"summary": "; ".join(part.summary for part in parts)}
        for part in parts:
            shape |= part.as_dict()
        answer(shape, target=target.name, ok=code == 0)
        return code
    for number, part in enumerate(parts):
        if number:
            click.echo()
        part.print_it(form)
    return code


class _Searching:
    """One search in the making, and whatever else was asked for."""

    def __init__(self, target: Target, session: Session, asked: Asked, looked: Looked, form: Form) -> None:
        self._target, self._session = target, session
        self._asked, self._looked, self._form = asked, looked, form

    async def parts(self, name: str | None) -> list[Part]:
        """Return what was found, a part for each thing that was asked for."""
        if self._asked.function:
            from console.cli.vectors import calling

            called = await calling.call(self._session, self._target, self._asked, name, agreed=self._agreed)
            rest = await self._rest(await self._column(name)) if self._looked.anything else []
            return [called, *rest]
        column = await self._column(name)
        if not (self._asked.asks or self._looked.anything):
            from console.cli.vectors import listing

            return [await listing.about(self._session, column, agreed=self._agreed)]
        hits = await self._found(column) if self._asked.asks else None
        return [*([hits] if hits else []), *await self._rest(column, hits)]

    async def _column(self, name: str | None) -> VectorColumn:
        """Return the column that was named, or the only one."""
        from console.vectors.finding import find_one, survey

        if name is not None:
            return await find_one(self._session, name)
        known = await survey(self._session)
        if len(known.columns) == 1:
            return known.columns[0]
        if not known.columns:
            raise UsageError(known.nothing, hint=known.hint)
        named = ", ".join(each.label for each in known.columns[:8]) + (", …" if len(known.columns) > 8 else "")
        raise UsageError(
            f"There are {plural(len(known.columns), 'column')} of vectors: which one is to be searched?",
            detail=named,
            hint="Name one: dbconsole search TABLE.COLUMN …",
        )

    async def _found(self, column: VectorColumn) -> Hits:
        from console.cli.vectors import embedders, hits
        from console.vectors.search.searching import search as searched

        question = self._asked.question(column)
        async with embedders.embedder(self._target, column, self._asked) as embedder:
            found = await searched(
                self._session,
                column,
                question,
                embedder,
                plan=True,
                timeout=self._asked.timeout,
                allow_functions=self._agreed,
            )
            doubt = await embedders.doubt(self._session, column, found.text_column, embedder)
        return hits.Hits(replace(found, remarks=(*found.remarks, *filter(None, [doubt]))), self._asked)

    async def _rest(self, column: VectorColumn, hits: Hits | None = None) -> list[Part]:
        parts: list[Part] = []
        quiet = self._form.as_json
        if self._looked.recall:
            from console.cli.vectors import recall

            parts.append(await recall.recall(self._session, column, self._asked, quiet=quiet))
        if self._looked.examines:
            from console.cli.vectors import examining

            parts.append(await examining.examined(self._session, column, self._asked, self._looked))
        if self._looked.picture:
            from console.cli.vectors import picturing

            found = None if hits is None else hits.found
            parts.append(await picturing.pictured(self._session, column, self._asked, self._looked, found))
        if self._looked.index or self._looked.build:
            from console.cli.vectors import indexing

            how = indexing.How(self._target, self._asked, self._looked, quiet=quiet)
            parts.append(await indexing.indexed(self._session, column, how))
        return parts

    @property
    def _agreed(self) -> bool:
        """Whether a person agreed to call functions that may write; on production only its name says so."""
        from console.config.profile import Guard

        named = self._looked.confirm is not None and self._looked.confirm == self._target.name
        return named or (self._asked.allow_functions and self._target.guard is not Guard.PRODUCTION)
