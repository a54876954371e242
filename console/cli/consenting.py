"""Asks for consent on the command line: a flag, an answer, or for production the profile's name."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from console.cli.telling import tell
from console.config.profile import Guard, Target
from console.db.guard import Consent, consent


def ask(target: Target, action: str, *, yes: bool, confirm: str | None, lines: Sequence[str] = ()) -> Consent:
    """Return the consent to do `action` on a target; on a terminal, what is missing is asked for.

    Raises Refused when it is not given.
    """
    if sys.stdin.isatty() and not yes and confirm is None:
        if target.guard is Guard.CONFIRM:
            _say(lines)
            yes = click.confirm(f"{action[0].upper()}{action[1:]} on {target.name}?", err=True)
        elif target.guard is Guard.PRODUCTION:
            _say(lines)
            tell(f"{target.name} is PRODUCTION.", style="red")
            confirm = click.prompt(f"Type {target.name} to {action}", err=True, default="", show_default=False)
    return consent(target, action=action, yes=yes, confirm=confirm)


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        tell(f"  {line}")
