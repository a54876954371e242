"""Where a verb has its shadow: what was said, else what the profile wishes, and the word for a scratch database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.config.profile import Target
from console.config.shadow import SAME_SERVER, Wish, wished

if TYPE_CHECKING:
    from console.migrations.rehearsal.shadows import Beside, Where

option = click.option(
    "--shadow", "shadow", metavar="WHERE", help="Where: local, embedded, same-server or a URL; else the profile's."
)


@dataclass(frozen=True, slots=True)
class Shadowing:
    """What was said about the shadow, and with whose word it may be a scratch database on the target's own server."""

    shadow: str | None
    yes: bool
    confirm: str | None

    def where(self, target: Target) -> Where:
        """Return where the shadow of a target is to be; a person is asked, if need be.

        Raises what `wished` raises, Refused without consent.
        """
        from console.migrations.rehearsal.shadows import Where

        wish = self.wish(target)
        return Where(wish, self.beside(wish, target))

    def wish(self, target: Target | None) -> Wish:
        """Return which shadow is wished. Raises UsageError and its kin."""
        profile = target.profile if target is not None else None
        return wished(self.shadow, profile, environ=os.environ, cwd=Path.cwd())

    def beside(self, wish: Wish, target: Target) -> Beside:
        """Return the target with the word that the wish needs. Raises Refused without it."""
        from console.cli.call.consenting import ask
        from console.migrations.rehearsal.shadows import Beside

        if wish != SAME_SERVER:
            return Beside(target)
        action = "make a scratch database on its server"
        return Beside(target, ask(target, action, yes=self.yes, confirm=self.confirm))
