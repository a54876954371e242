"""Tools whose migrations are read here and run by themselves alone: what they are called, and their own commands."""

from __future__ import annotations

from dataclasses import dataclass

from console.errors import Refused

_DEEDS = {
    "up": "apply them with",
    "down": "roll them back with",
    "redo": "roll back and apply again with",
    "new": "make the next one with",
    "adopt": "record them as applied with",
    "repair": "mend its records with",
    "verify": "run its verify scripts with",
}


@dataclass(frozen=True, slots=True)
class OwnTool:
    """A tool that alone runs its migrations; each field but `name` and `late` is the tool's own command, if it has one.

    `late` is the end of a sentence about a migration that stands below applied ones; empty where the tool's order is a
    graph, in which there is no such thing.
    """

    name: str
    up: str
    down: str
    redo: str
    new: str
    adopt: str = ""
    repair: str = ""
    verify: str = ""
    late: str = ""

    @property
    def sentence(self) -> str:
        """What a person has to know who sees the state of these migrations here."""
        return f"{self.name}'s migrations are only read here: “{self.up}” applies them, “{self.down}” rolls them back."

    @property
    def reason(self) -> str:
        """Why a single migration cannot be run here."""
        return f"Only {self.name} itself runs it: {self.up}."

    def refusal(self, deed: str) -> Refused:
        """Return the error of a verb that would run or record something: it names the tool's own command."""
        if deed not in _DEEDS:
            return Refused(f"{self.name}'s migrations are only read here, so there is nothing to {deed}.")
        command = getattr(self, deed)
        if not command:
            return Refused(f"{self.name}'s migrations are only read here, and {self.name} has no command for this.")
        return Refused(f"{self.name}'s migrations are only read here; {_DEEDS[deed]}: {command}")


def must_run_here(tool: OwnTool | None, deed: str) -> None:
    """Raise Refused when a folder's migrations are only read here; `deed` is one of up, down, redo, new, adopt, …"""
    if tool is not None:
        raise tool.refusal(deed)
