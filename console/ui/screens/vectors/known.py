"""What there is of vectors in a database, and what is read of one column when somebody looks at it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from console.db.session import Session
from console.errors import ConsoleError
from console.ui.commanding import in_words
from console.ui.screens.vectors.lists import About
from console.vectors import counting, finding
from console.vectors.column import VectorColumn
from console.vectors.embedders import choosing
from console.vectors.finding import Survey
from console.vectors.indexing import ground, lints
from console.vectors.search import functions
from console.vectors.search.functions import Function

_MANY = 100_000  # rows up to which an index is tried when somebody merely looks at its column


@dataclass(frozen=True, slots=True)
class Known:
    """The columns, the functions that search in them, and why there is nothing."""

    survey: Survey
    functions: tuple[Function, ...] = ()

    @property
    def columns(self) -> tuple[VectorColumn, ...]:
        """The columns of vectors."""
        return self.survey.columns

    def reading(self, column: VectorColumn) -> tuple[Function, ...]:
        """Return the functions for a column: those that read it, then those of which nobody knows what they read."""
        read = [(each, each.reads(self.columns)) for each in self.functions]
        own = [each for each, found in read if found is not None and found.full_name == column.full_name]
        return (*own, *(each for each, found in read if found is None))


async def read(session: Session) -> Known:
    """Read which columns there are. Raises what reading raises."""
    return Known(await finding.survey(session))


async def with_functions(session: Session, known: Known) -> Known:
    """Return what is known, with the functions that search. Raises what reading raises."""
    return replace(known, functions=await functions.find(session)) if known.survey.extension is not None else known


def embedder(session: Session, column: VectorColumn, known: About) -> About:
    """Return what is known, with what turns words into vectors here, or what to write so that something does."""
    try:
        chosen = choosing.choose(session.target, column)
    except ConsoleError as error:
        return replace(known, no_embedder=in_words(error))
    said = f"{chosen.embedder.name}: {chosen.reason}" if chosen.reason else chosen.embedder.name
    return replace(known, embedder=said, notice=chosen.embedder.notice)


async def count(session: Session, column: VectorColumn, known: About) -> About:
    """Return what is known, with how many rows hold what; what cannot be counted is said."""
    try:
        return replace(known, filled=await counting.count(session, column))
    except ConsoleError as error:
        return replace(known, failed=(*known.failed, error.title))


async def lint(session: Session, column: VectorColumn, known: About) -> About:
    """Return what is known, with what is to be looked at; of a large table only what the catalog tells."""
    try:
        if 0 <= column.rows <= _MANY:
            return replace(known, lints=await lints.lint(session, column))
        return replace(known, lints=tuple(lints.of_catalog(column, await ground.read(session, column))))
    except ConsoleError as error:
        return replace(known, failed=(*known.failed, error.title))
