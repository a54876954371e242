"""The embedder of a search: chosen for a column, told of, and let go of afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from console.cli.call.invocation import current
from console.cli.terminal.telling import tell
from console.errors import UsageError
from console.text import sanitize

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Asked
    from console.config.profile import Target
    from console.db.session import Session
    from console.vectors.column import VectorColumn
    from console.vectors.embedders.fitting import Fitted


@asynccontextmanager
async def embedder(target: Target, column: VectorColumn, asked: Asked) -> AsyncIterator[Fitted | None]:
    """Yield what turns the words into a vector of the column, None where there is nothing to turn.

    That words leave the machine is said before they do. Raises UsageError where no embedder is known, Refused where
    nobody has trusted the file that names it.
    """
    if not asked.embeds:
        yield None
        return
    from console.vectors.embedders import choosing

    chosen = choosing.choose(
        target, column, wanted=asked.embedder, env_name=current().env_name, say=lambda said: tell(f"  {sanitize(said)}")
    )
    tell(f"  words become a vector by {chosen.embedder.name}: {sanitize(chosen.reason)}")
    if chosen.embedder.notice:
        tell(f"! {chosen.embedder.notice}", style="yellow")
    try:
        yield chosen.embedder
    finally:
        await chosen.embedder.close()


async def doubt(session: Session, column: VectorColumn, text_column: str | None, made_by: Fitted | None) -> str:
    """Return the sentence that another embedder has made the column's vectors, "" when it has not or nobody knows.

    Texts of a few rows are embedded, only on this machine: none is sent away for it.
    """
    if made_by is None or not made_by.here or text_column is None:
        return ""
    from console.vectors.filling import declared
    from console.vectors.filling.agreeing import agree

    try:
        found = await agree(session, declared.of(column, [text_column]), made_by)
    except UsageError:  # what cannot be filled cannot be looked at in this way
        return ""
    return found.sentence if found.other else ""
