"""The guard of a profile: nothing is written without consent; for production that is the profile's name, typed."""

from __future__ import annotations

from dataclasses import dataclass

from console.config.profile import Guard, Target
from console.errors import Refused


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's word that this target may be written to, for one action. Only `consent` makes one."""

    target: str


def needs(target: Target) -> Guard:
    """Return what the target asks for before it is written to."""
    return target.guard


def consent(target: Target, *, action: str, yes: bool = False, confirm: str | None = None) -> Consent:
    """Return the consent to do `action` ("apply 2 migrations") on the target.

    An `open` target needs none; `confirm` needs `yes`; `production` needs its own name in `confirm`.
    Raises Refused with what is missing.
    """
    if target.guard is Guard.OPEN:
        return Consent(target.name)
    if target.guard is Guard.CONFIRM:
        if yes or confirm == target.name:
            return Consent(target.name)
        raise Refused(
            f"{target.name} asks before it is written to: to {action} was not confirmed. Nothing was done.",
            hint="Say --yes, or answer the question.",
        )
    if confirm == target.name:
        return Consent(target.name)
    wrong = "is missing" if confirm is None else "was another"
    raise Refused(
        f"{target.name} is production: to {action}, its name must be typed, and it {wrong}. Nothing was done.",
        hint=f"Say --confirm {target.name}",
    )
