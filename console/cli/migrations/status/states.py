"""How the state of a migration is shown: a sign, and a word."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from console.cli.terminal import lines
from console.cli.terminal.lines import Sign
from console.migrations.states import State

SIGNS: Mapping[State, Sign] = MappingProxyType(
    {
        State.APPLIED: lines.GOOD,
        State.PENDING: lines.WAITING,
        State.EDITED: lines.EDITED,
        State.MISSING: lines.GONE,
        State.OUT_OF_ORDER: lines.ODD,
        State.FAILED: lines.BAD,
        State.RUNNING: lines.RUNNING,
        State.RENAMED: lines.EDITED,
        State.UNSUPPORTED: lines.ODD,
    }
)


def word(state: State) -> str:
    """Return the word for a state.

    >>> word(State.OUT_OF_ORDER)
    'out of order'
    """
    return state.value.replace("_", " ")
