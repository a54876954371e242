"""A second connection for a part of a screen, opened when first needed: what is slow there holds up nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.db.session import Session


class Beside:
    """A connection beside the program's session, to the same target; `what` names it to the server."""

    def __init__(self, what: str) -> None:
        """Open nothing yet."""
        self._what = what
        self._main: Session | None = None
        self._own: Session | None = None

    async def session(self, main: Session) -> Session:
        """Return the connection beside `main`; the one beside another is closed. Raises ConnectionFailed."""
        if self._own is None or self._main is not main:
            await self.close()
            self._own, self._main = await main.sibling(self._what), main
            self._own.lost = main.lost
        return self._own

    async def cancel(self) -> bool | None:
        """Cancel what runs here: whether the server has confirmed it, None when nothing runs."""
        return await self._own.cancel() if self._own is not None and self._own.busy else None

    async def close(self) -> None:
        """End the connection; may be called twice."""
        own, self._own = self._own, None
        if own is not None:
            await own.close()
