"""What the top line says: where we are and how that place is protected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.config.profile import Guard, Target

if TYPE_CHECKING:
    from console.db.server import Server


@dataclass(frozen=True, slots=True)
class Where:
    """The state of the session as the top line shows it.

    `state` is one of opening, open, lost, failed; `note` is a short text beside it ("waking …"). `drift` is how many
    changes the database is away from its own migrations, None where nobody has looked.
    """

    name: str = ""
    guard: Guard = Guard.CONFIRM
    database: str = ""
    role: str = ""
    provider: str = ""
    version: str = ""
    latency: float | None = None
    state: str = "opening"
    note: str = ""
    drift: int | None = None

    @property
    def production(self) -> bool:
        """Whether the banner is due."""
        return self.guard is Guard.PRODUCTION


def opening(target: Target, note: str = "connecting …") -> Where:
    """Return the state before the server has answered."""
    return Where(name=target.name, guard=target.guard, database=target.database, note=note)


def opened(target: Target, server: Server, latency: float | None, *, provider: str = "") -> Where:
    """Return the state once the server has said who it is; `provider` as `Session.place` words it."""
    return Where(
        name=target.name,
        guard=target.guard,
        database=server.database,
        role=server.role,
        provider=provider,
        version=server.version.split()[0],
        latency=latency,
        state="open",
    )


def drifted(before: Where, changes: int | None) -> Where:
    """Return the state with how far the database is away from its own migrations."""
    return replace(before, drift=changes)


def noting(before: Where, note: str) -> Where:
    """Return the state with what is waited for."""
    return replace(before, note=note)


def answering(before: Where, answers: bool) -> Where:
    """Return the state after the server has answered again, or has not."""
    if not answers:
        return replace(before, state="lost", note="no answer")
    return replace(before, state="open", note="") if before.state == "lost" else before


def failed(before: Where) -> Where:
    """Return the state after opening failed."""
    return replace(before, state="failed", note="no connection")
