"""The door that a person's reading goes through: the grammar's verdict, then what the server knows behind the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.db.query import Query
from console.db.session import Session
from console.errors import MayWrite, Refused
from console.sql import queries
from console.text import sanitize

if TYPE_CHECKING:
    from console.sql import uses

_SHOWN = 5


async def admit(session: Session, sql: str, *, allow_functions: bool = False) -> None:
    """Let a statement through that only reads; otherwise raise.

    Raises BadSql for what does not parse; Refused for what does not read by the grammar, and, unless `allow_functions`
    says that a person has agreed, for what would reach functions or foreign tables that may write, naming them. Asks
    the server, in two round trips at most, only when the statement names something that is not PostgreSQL's own.
    """
    # Imported when it is used: the grammar takes a tenth of a second to load.
    from console.sql import reading, statements, uses

    statements.one(sql)
    verdict = reading.check(sql)
    if not verdict.allowed:
        raise Refused(
            f"This is not run, since it may do more than read: {verdict.reason}",
            detail="Nothing was done.",
            hint="To write, say so: --write, and --confirm NAME where the target is production.",
        )
    if allow_functions or not verdict.names:
        return
    asked = Query(queries.load("guard/uses"), uses.parameters(verdict, await _path(session)), row=uses.Use)
    [found] = await session.read(asked, doing="looking at what the statement would call")
    concerns = uses.concerns(found)
    if concerns:
        raise _refusal(concerns)


async def _path(session: Session) -> list[str]:
    """Return the schemas that a person's statement looks in; a reading of ours looks in none."""
    asked = Query(queries.load("guard/searched_schemas"), own_path=True)
    [rows] = await session.read(asked, doing="reading the search path")
    return [schema for (schema,) in rows]


def _refusal(concerns: tuple[uses.Concern, ...]) -> MayWrite:
    lines = [sanitize(concern.sentence) for concern in concerns[:_SHOWN]]
    if len(concerns) > _SHOWN:
        lines.append(f"… and {len(concerns) - _SHOWN} more.")
    return MayWrite(
        "This is not run, since it would call what may write.",
        detail="\n".join([*lines, "Nothing was done."]),
        hint="If these only read, say --allow-functions; on production also --confirm NAME.",
    )
