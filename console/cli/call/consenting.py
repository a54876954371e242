"""Asks for consent on the command line: a flag, an answer, or for production the profile's name."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from console.cli.call.asking import agreed, typed
from console.cli.terminal import streams
from console.cli.terminal.telling import tell
from console.config.profile import Guard, Target
from console.db.guard import Consent, consent
from console.text import sanitize


def ask(target: Target, action: str, *, yes: bool, confirm: str | None, lines: Sequence[str] = ()) -> Consent:
    """Return the consent to do `action` ("apply 2 migrations") on a target; a person at a terminal is asked for it.

    `lines` say in detail what it comes to. Raises Refused when it is not given, click's Abort when the question was
    interrupted.
    """
    if _person(yes=yes, confirm=confirm):
        yes, confirm = _asked(target, action, lines)
    return consent(target, action=action, yes=yes, confirm=confirm)


def asks(target: Target, *, yes: bool, confirm: str | None) -> bool:
    """Tell whether `ask` will ask a person, who then sees its lines."""
    return target.guard is not Guard.OPEN and _person(yes=yes, confirm=confirm)


def _person(*, yes: bool, confirm: str | None) -> bool:
    return streams.on_terminal(sys.stdin) and not yes and confirm is None


def _asked(target: Target, action: str, lines: Sequence[str]) -> tuple[bool, str | None]:
    name = sanitize(target.name)
    match target.guard:
        case Guard.CONFIRM:
            _say(lines)
            return agreed(f"{action[0].upper()}{action[1:]} on {name}?"), None
        case Guard.PRODUCTION:
            _say(lines)
            tell(f"! {name} is PRODUCTION.", style="red")
            return False, typed(f"Type {name} to {action}")
    return False, None


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        tell(f"  {line}")
