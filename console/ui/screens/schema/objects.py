"""Reads what the tabs of an object show. The catalog's readers are imported when something is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.catalog.entries import Entry
from console.catalog.key import Kind

if TYPE_CHECKING:
    from console.db.session import Session
    from console.ui.screens.schema.lists import Facts

_NOTHING = "There are no statements for this: it belongs to the system or to an extension, or is gone."
_MEMBER = "-- It belongs to the extension {},\n-- comes and goes with it, and has no statements of its own."


async def facts(session: Session, entry: Entry) -> Facts | None:
    """Return what is known of a relation or an extension; None when it is gone.

    Raises StatementFailed, ConnectionFailed.
    """
    if entry.kind is Kind.EXTENSION:
        return await _extension(session, entry.oid)
    from console.catalog import detail
    from console.ui.screens.schema.lists import Facts

    found = await detail.read(session, entry.oid)
    return Facts.of(found) if found is not None else None


async def _extension(session: Session, oid: int) -> Facts | None:
    from console.catalog import extension
    from console.ui.screens.schema.extensions import facts

    found = await extension.read(session, oid)
    return facts(found) if found is not None else None


async def statements(session: Session, entry: Entry) -> str:
    """Return the statements that make an object, or a comment that says why there are none.

    Raises StatementFailed, ConnectionFailed.
    """
    from console.catalog import ddl, reader

    catalog = await reader.read(session)
    if entry.key in catalog.locked:
        return f"-- Locked by pid {catalog.locked[entry.key]}: the definition cannot be read now. r tries again."
    try:
        return ddl.of(catalog, entry.key)
    except KeyError:
        name = " ".join(entry.extension.split())  # a comment ends with its line
        return _MEMBER.format(name) if name else f"-- {_NOTHING}"
