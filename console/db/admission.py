"""The door that a person's reading goes through: the grammar's verdict, then what the server knows behind the names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.db.query import Query
from console.db.session import Session
from console.errors import ConsoleError, MayWrite, Refused
from console.sql import queries
from console.text import sanitize

if TYPE_CHECKING:
    from console.sql import reading, uses

_SHOWN = 5


async def admit(session: Session, sql: str, *, allow_functions: bool = False) -> None:
    """Let a statement through that only reads; otherwise raise.

    Raises BadSql for what does not parse; Refused for what does not read by the grammar, and, unless `allow_functions`
    says that a person has agreed, for what would reach functions or foreign tables that may write, naming them. Asks
    the server, in two round trips at most, only when the statement names something that is not PostgreSQL's own.
    """
    verdict = _verdict(sql)
    if allow_functions or not verdict.names:
        return
    [found] = await _uses(session, [verdict])
    if found is not None:
        raise found


async def judged(session: Session, statements: Sequence[str]) -> tuple[ConsoleError | None, ...]:
    """Return for each statement what `admit` would raise, None where it would let it through.

    Two round trips for all of them. Raises only what reading raises.
    """
    verdicts = [_looked_at(sql) for sql in statements]
    asked = [each for each in verdicts if not isinstance(each, ConsoleError) and each.names]
    found = iter(await _uses(session, asked) if asked else ())
    return tuple(each if isinstance(each, ConsoleError) else next(found) if each.names else None for each in verdicts)


def _verdict(sql: str) -> reading.Verdict:
    # Imported when it is used: the grammar takes a tenth of a second to load.
    from console.sql import reading, statements

    statements.one(sql)
    verdict = reading.check(sql)
    if not verdict.allowed:
        raise Refused(
            f"This is not run, since it may do more than read: {verdict.reason}",
            detail="Nothing was done.",
            hint="To write, say so: --write, and --confirm NAME where the target is production.",
        )
    return verdict


def _looked_at(sql: str) -> reading.Verdict | ConsoleError:
    try:
        return _verdict(sql)
    except ConsoleError as error:
        return error


async def _uses(session: Session, verdicts: Sequence[reading.Verdict]) -> list[MayWrite | None]:
    """Ask the server what lies behind the names of each, and return why that may write."""
    from console.sql import uses

    path = await _path(session)
    asked = [Query(queries.load("guard/uses"), uses.parameters(each, path), row=uses.Use) for each in verdicts]
    results = await session.read(*asked, doing="looking at what the statement would call")
    concerns = [uses.concerns(found) for found in results]
    return [_refusal(each) if each else None for each in concerns]


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
