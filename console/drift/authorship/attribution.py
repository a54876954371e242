"""Whose a change is between a database and what its migrations make: a person's, a file's, or nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.text import sanitize


class State(StrEnum):
    """Whose a change is, as JSON says it."""

    BY_HAND = "by_hand"
    EDITED = "edited"
    MISSED = "missed"
    PENDING = "pending"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose a change is: `migration` is the label of the one in question, empty without one; `reason` a sentence."""

    state: State
    migration: str
    reason: str

    def as_dict(self) -> dict[str, object]:
        """Return its JSON shape."""
        return {"state": self.state.value, "migration": sanitize(self.migration) or None, "reason": self.reason}
