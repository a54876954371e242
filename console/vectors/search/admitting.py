"""The guard's word on a search: asked before what holds a person's SQL, or a view's or a policy's, is run."""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from console.db.admission import admit
from console.db.session import Session
from console.errors import MayWrite, Refused
from console.sql.condition import checked
from console.sql.quoting import dotted
from console.vectors.column import VectorColumn

# Who types a question asks again with every letter; what a condition would call is not looked up as often.
_KEPT = 60.0
_MOST = 500
_Asked = tuple[str, str]
_admitted: WeakKeyDictionary[Session, dict[_Asked, float]] = WeakKeyDictionary()


async def admitted(session: Session, column: VectorColumn, where: str = "", *, allow_functions: bool = False) -> None:
    """Let a condition on a column's table through that only reads, and the table itself if it is more than a table.

    Raises BadSql for what is no condition, Refused and MayWrite for what may write. Asks the server where there is
    something to ask, and not again for a minute.
    """
    if not where.strip() and column.relation_kind in ("r", "p", "m") and not column.row_security:
        return
    condition = f"\nWHERE {checked(where)}" if where.strip() else ""
    text = f"SELECT * FROM {dotted(column.schema, column.table)} AS t{condition}"  # noqa: S608 (judged, not run)
    await once(session, text, allow_functions=allow_functions)


async def once(session: Session, text: str, *, allow_functions: bool = False) -> None:
    """Let a statement through that only reads; what was let through is not asked about again for a minute.

    Raises as `admitted` does.
    """
    known = _admitted.setdefault(session, {})
    asked = (session.target.name, text)
    if not allow_functions and time.monotonic() - known.get(asked, -_KEPT) < _KEPT:
        return
    try:
        await admit(session, text, allow_functions=allow_functions)
    except MayWrite:
        raise
    except Refused as refused:
        refused.hint = "A search only reads: leave that out of the condition."
        raise
    if not allow_functions:
        if len(known) >= _MOST:
            known.clear()
        known[asked] = time.monotonic()
