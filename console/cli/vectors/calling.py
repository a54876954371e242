"""Searches through a function of the database: which one is meant, its vector, its other arguments."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console.cli.terminal.streams import on_terminal
from console.cli.vectors.embedders import embedder
from console.cli.vectors.hits import Hits
from console.cli.vectors.questioning import Asked
from console.config.names import nearest
from console.errors import UsageError
from console.text import sanitize
from console.vectors.finding import find, find_one
from console.vectors.search import asking, functions, preparing
from console.vectors.search.function import Argument, Function
from console.vectors.search.question import Pasted, Words

if TYPE_CHECKING:
    from console.config.profile import Target
    from console.db.session import Session
    from console.vectors.column import VectorColumn


async def call(session: Session, target: Target, asked: Asked, table: str | None, *, agreed: bool) -> Hits:
    """Call the function that was named; `table` names the column whose embedder makes the vector, or whose row has it.

    Raises UsageError for one that is not there, for an argument that is missing or unknown, MayWrite for one that may
    write and was not agreed to, StatementFailed and its kin.
    """
    function = _named(await functions.find(session), asked.function or "")
    _must_know(function, asked)
    arguments = {**_asked_for(function, asked), **asked.arguments}
    if asked.by == "vector":
        found = await functions.call(
            *(session, function, Pasted(asked.vector()), arguments),
            k=asked.k,
            timeout=asked.timeout,
            allow_functions=agreed,
        )
        return Hits(found, asked)
    if asked.by not in ("text", "like"):
        raise UsageError("A function searches by --text, --vector or --like.", hint="Say one of them.")
    column = await _column(session, function, table)
    if asked.by == "like":
        vector = await preparing.vector(session, column, asking.key(asked.said, column))
        found = await functions.call(
            *(session, function, Pasted(vector), arguments), k=asked.k, timeout=asked.timeout, allow_functions=agreed
        )
        return Hits(found, asked)
    async with embedder(target, column, asked) as words:
        found = await functions.call(
            *(session, function, Words(asked.said), arguments, words),
            k=asked.k,
            timeout=asked.timeout,
            allow_functions=agreed,
        )
    return Hits(found, asked)


async def _column(session: Session, function: Function, table: str | None) -> VectorColumn:
    """Return the column whose rows and embedder suit: the one that was named, else what the function reads."""
    if table is not None:
        return await find_one(session, table)
    columns = await find(session)
    read = function.reads(columns) or (columns[0] if len(columns) == 1 else None)
    if read is None:
        raise UsageError(
            f"It is not known which column {sanitize(function.label)} searches, and so not where to look.",
            hint="Name the column as well: dbconsole search TABLE.COLUMN --function …",
        )
    return read


def _named(known: tuple[Function, ...], name: str) -> Function:
    found = [each for each in known if name in (each.name, f"{each.schema}.{each.name}", each.label)]
    if len(found) == 1:
        return found[0]
    if found:
        said = ", ".join(sanitize(each.label) for each in found)
        raise UsageError(
            f"There are {len(found)} functions called {sanitize(name)}.", detail=said, hint="Say its schema."
        )
    if not known:
        raise UsageError("There is no function that takes a vector and returns rows.")
    meant = nearest(name, [each.name for each in known])
    hint = (
        f"Did you mean {sanitize(meant)}?"
        if meant
        else f"There are {', '.join(sanitize(each.name) for each in known)}."
    )
    raise UsageError(f"There is no function called {sanitize(name)} that takes a vector and returns rows.", hint=hint)


def _must_know(function: Function, asked: Asked) -> None:
    names = [_called(function, each) for each in function.asked]
    for name in asked.arguments:
        if name not in names:
            meant = nearest(name, names)
            hint = (
                f"Did you mean {sanitize(meant)}?"
                if meant
                else f"It takes {', '.join(map(sanitize, names)) or 'no other'}."
            )
            raise UsageError(f"{sanitize(function.label)} has no argument {sanitize(name)}.", hint=hint)


def _asked_for(function: Function, asked: Asked) -> dict[str, str]:
    """Ask a person for the arguments that have no default; without a terminal they have to be said."""
    missing = [
        each for each in function.asked if each.default is None and _called(function, each) not in asked.arguments
    ]
    if not missing:
        return {}
    if not on_terminal(sys.stdin):
        said = " ".join(f"--arg {sanitize(_called(function, each))}=…" for each in missing)
        raise UsageError(f"{sanitize(function.label)} wants {said}.")
    from console.cli.call.asking import typed

    return {(name := _called(function, each)): typed(f"{sanitize(name)} ({sanitize(each.type)})") for each in missing}


def _called(function: Function, argument: Argument) -> str:
    """Return the name of an argument, its number from 1 where it has none."""
    return argument.name or str(function.arguments.index(argument) + 1)
