"""The roles that a source speaks of, in a shadow: made there and gone with it, where they can be made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from console.errors import ConnectionFailed, ConsoleError, Incomplete, Interrupted, StatementFailed
from console.migrations.rehearsal import supabase
from console.migrations.rehearsal.rounds import role_of
from console.migrations.rehearsal.shadows import Place
from console.migrations.rehearsal.stage import Stage
from console.text import sanitize

NOTHING_COMPARED = "Nothing was compared, and nothing was written to either side."
_NO_SUCH_OBJECT, _NO_PRIVILEGE = "42704", "42501"


async def laid(stage: Stage, place: Place, label: str, texts: Collection[str]) -> tuple[str, ...]:
    """Make what Supabase has, for migrations of these texts.

    Raises Incomplete when the shadow lacks its roles, and they cannot be made there.
    """
    try:
        return await supabase.lay(stage, place, texts)
    except StatementFailed as error:
        name = role_of(error.title) if error.sqlstate == _NO_SUCH_OBJECT else ""
        if not name and error.sqlstate != _NO_PRIVILEGE:
            raise
        raise _roleless(label, f"the role {sanitize(name)}" if name else "the roles of Supabase", place) from error


def _roleless(label: str, what: str, place: Place) -> Incomplete:
    """Return that a role is missing where none can be made."""
    why = "on the target's own server none is made" if place.shared else "the role that works there may make none"
    said = f"{label} needs {what}, which the shadow does not have; {why}."
    return Incomplete(said, detail=NOTHING_COMPARED, hint="--shadow embedded has a server of its own.")


async def made_meanwhile(stage: Stage, place: Place, label: str, attempt: Callable[[], Awaitable[object]]) -> list[str]:
    """Do something in the shadow; a role that it misses is made, and it is done again. Return what was made.

    Raises Incomplete where roles would stay, or may not be made.
    """
    notes = []
    while True:
        try:
            await attempt()
        except (ConnectionFailed, Interrupted):
            raise
        except ConsoleError as error:
            name = role_of(error.title) if error.sqlstate == _NO_SUCH_OBJECT else ""
            if not name:
                raise
            if place.shared or not await _made(stage, name):
                raise _roleless(label, f"the role {sanitize(name)}", place) from error
            notes.append(f"the role {sanitize(name)} was made in the shadow")
        else:
            return notes


async def _made(stage: Stage, role: str) -> bool:
    try:
        return bool(await stage.make_roles([role]))
    except StatementFailed as error:
        if error.sqlstate != _NO_PRIVILEGE:
            raise
        return False
