"""The way to the migrations screen, and through it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from console.config.profile import Guard, Profile, Target
from tests.ui.driving import Driver


def with_folder(target: Target, path: Path, *, guard: Guard = Guard.OPEN) -> Target:
    return replace(target, guard=guard, profile=Profile(target.name, migrations=path, guard=guard, lock_timeout=60))


async def opened(console: Driver, *seen: str) -> None:
    """Go to the migrations."""
    await console.press("3")
    await console.sees(*seen or ("0001", "pending"))


async def applied(console: Driver) -> None:
    """Apply everything."""
    await opened(console)
    await console.press("end", "u")
    await console.sees("Apply 3 migrations", "y yes")
    await console.press("y")
    await console.sees("3 migrations done", "3 applied")
