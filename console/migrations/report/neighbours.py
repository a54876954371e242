"""The other targets of the same migrations: whether they are in step, without asking anybody for a password."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from console.config import names, target
from console.config.files import Configuration
from console.config.profile import Profile, Target
from console.config.target import Surroundings
from console.db.session import Session
from console.errors import AuthenticationFailed, ConsoleError
from console.migrations import status
from console.migrations.files import formats, locate
from console.migrations.files.folder import Folder
from console.migrations.report.facts import Neighbour
from console.text import sanitize

_PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Other:
    """A target to look at, or the reason why not to. `folder` is where its own migrations are."""

    name: str
    why: str
    target: Target | None
    folder: Path
    reason: str = ""


def others(here: Target, folder: Path, configuration: Configuration, environ: Mapping[str, str]) -> tuple[Other, ...]:
    """Return the profiles with the same folder of migrations or a tag in common; of a demo the other demos."""
    if here.demo is not None:
        return tuple(_demos(here, folder))
    around = Surroundings(environ, configuration)
    return tuple(_profiles(here, folder, around))


async def look(found: Sequence[Other], here: Folder) -> tuple[Neighbour, ...]:
    """Look at all of them at once, each for a few seconds at most."""
    return tuple(await asyncio.gather(*(_look(each, here) for each in found)))


def _demos(here: Target, folder: Path) -> Iterator[Other]:
    for name in names.DEMOS:
        other = replace(here, name=f"demo:{name}", demo=name)
        if name != here.demo and locate.folder(other, None, folder) == folder:
            params = {**here.params, "dbname": name.replace("-", "_")}
            yield Other(other.name, "the same folder", replace(other, params=params), folder)


def _profiles(here: Target, folder: Path, around: Surroundings) -> Iterator[Other]:
    tags = set(here.profile.tags) if here.profile is not None else set()
    mine = here.profile.name if here.profile is not None else None
    for name, profile in sorted(around.configuration.profiles.items()):
        shared = sorted(tags.intersection(profile.tags))
        same = profile.migrations is not None and profile.migrations.resolve() == folder.resolve()
        if name != mine and (same or shared):
            why = "the same folder" if same else f"the tag {', '.join(shared)}"
            yield _profile(profile, why, profile.migrations or folder, around)


def _profile(profile: Profile, why: str, folder: Path, around: Surroundings) -> Other:
    if profile.password_command is not None:
        return Other(profile.name, why, None, folder, "its password command is not run for a report")
    try:
        found = target.of_profile(profile, around)
    except ConsoleError as error:
        return Other(profile.name, why, None, folder, error.title)
    if found.ask_password and found.password is None:
        return Other(profile.name, why, None, folder, "it asks for a password")
    return Other(profile.name, why, found, folder)


async def _look(other: Other, here: Folder) -> Neighbour:
    if other.target is None:
        return _unknown(other, other.reason)
    try:
        async with asyncio.timeout(_PATIENCE):
            profile = other.target.profile
            same = other.folder == here.path and profile is None
            folder = here if same else await asyncio.to_thread(formats.of_profile, other.folder, profile)
            async with await Session.open(other.target, what="report") as session:
                found = await status.read(session, folder)
    except TimeoutError:
        return _unknown(other, f"no answer within {_PATIENCE:.0f} s")
    except AuthenticationFailed:
        return _unknown(other, "it does not let us in without a password")
    except ConsoleError as error:
        return _unknown(other, _not_built(other) or error.title)
    state = "in step" if found.up_to_date else "not in step"
    return Neighbour(other.name, other.why, state, found.summary)


def _not_built(other: Other) -> str:
    demo = other.target.demo if other.target is not None else None
    return f"not built yet: dbconsole demo {demo} makes it" if demo is not None else ""


def _unknown(other: Other, reason: str) -> Neighbour:
    return Neighbour(other.name, other.why, "not reachable", sanitize(reason))
