"""What a person wishes as shadow: which kind, or the server at a URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from console.config import files, target, urls
from console.config.keys import SHADOWS
from console.config.profile import Guard, Profile, Target
from console.config.target import Surroundings
from console.errors import UsageError

SAME_SERVER = "same-server"
Wish = Target | str
"""A target, or one of SHADOWS, or an empty text for whichever fits best."""


def wished(said: str | None, profile: Profile | None, *, environ: Mapping[str, str], cwd: Path) -> Wish:
    """Return what was said on the command line, else in the profile.

    Raises UsageError for a word that is neither, and what `target.of_profile` raises.
    """
    if said is not None:
        if said in SHADOWS:
            return said
        if not urls.addresses(said):
            raise UsageError("That is no shadow.", hint=f"It is one of {', '.join(SHADOWS)}, or a URL.")
        return _throw_away(target.resolve(said, environ=environ, cwd=cwd))
    if profile is None or profile.shadow is None:
        return ""
    if profile.shadow in SHADOWS:
        return profile.shadow
    around = Surroundings(environ, files.load(environ=environ, cwd=cwd))
    return _throw_away(target.of_profile(replace(profile, url=profile.shadow, direct_url=None), around))


def _throw_away(found: Target) -> Target:
    return replace(found, name="the shadow", guard=Guard.OPEN, profile=None)
