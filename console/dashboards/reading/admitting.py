"""The guard before the panels of a dashboard: what does not only read is refused, each by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from console.dashboards.definition import Dashboard
from console.dashboards.parameters import sendable
from console.db.admission import judged
from console.db.session import Session
from console.errors import ConsoleError, MayWrite, Refused, UsageError
from console.sql.parameters import numbered

_HINTS: Mapping[type[ConsoleError], str] = {
    MayWrite: "A panel never calls it. If the function only reads, declare it STABLE.",
    Refused: "A panel has one statement that reads: SELECT, WITH, VALUES or TABLE.",
}


class Admission:
    """What was found of a dashboard's statements; asked once, for all of them in two round trips."""

    def __init__(self, dashboard: Dashboard, names: tuple[str, ...]) -> None:
        """Prepare; `names` are those of the values that statements may use."""
        asked = (*(each.sql for each in dashboard.panels.values()), *(each.sql for each in dashboard.parameters))
        self._statements = {sql: numbered(sendable(sql, names)) for sql in asked if sql}
        self._found: Mapping[str, ConsoleError | None] | None = None
        self._turn = asyncio.Lock()

    async def admit(self, session: Session, sql: str) -> None:
        """Let one of the dashboard's statements through. Raises what `console.db.admission.admit` raises."""
        async with self._turn:
            if self._found is None:
                found = await judged(session, list(self._statements.values()))
                self._found = {
                    sql: error or _no_rows(text)
                    for (sql, text), error in zip(self._statements.items(), found, strict=True)
                }
        error = self._found[sql]
        if error is not None:
            error.hint = _HINTS.get(type(error), error.hint)
            raise error.with_traceback(None)  # one error for all times it is asked


def _no_rows(sql: str) -> ConsoleError | None:
    """Return why a statement that reads gives nothing to draw."""
    from console.sql import statements

    if statements.one(sql).kind != "CopyStmt":
        return None
    return UsageError("A panel cannot be drawn from COPY. Nothing was done.", hint="Write the SELECT itself.")
