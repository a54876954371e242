"""What one call of the command knows of itself: its general options, and what it turned out to be pointed at."""

from __future__ import annotations

from dataclasses import dataclass, field

import click


@dataclass(slots=True)
class Invocation:
    """The general options; `target` is the name that the document at the end carries, empty until it is known.

    `variables` are what --var says, for the placeholders in migrations; `warned` is what has been told already.
    """

    as_json: bool = False
    plain_output: bool = False
    env_name: str | None = None
    target: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    warned: set[str] = field(default_factory=set)


def current() -> Invocation:
    """Return the call that is being carried out; outside of one, a call without options."""
    context = click.get_current_context(silent=True)
    found = context.find_object(Invocation) if context is not None else None
    return found or Invocation()
