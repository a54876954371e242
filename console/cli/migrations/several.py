"""Several targets for one verb: which they are, from words or a tag, and a turn for each in order, with a result."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import click

from console.cli.call.ending import gravest as gravest
from console.cli.call.invocation import current
from console.cli.call.options import Which
from console.cli.migrations.project import Project
from console.cli.terminal import lines
from console.cli.terminal.telling import tell, tell_error
from console.config import files, target
from console.config.profile import Profile
from console.errors import BadUrl, ConsoleError, Interrupted, UnknownProfile, UsageError
from console.text import sanitize

T = TypeVar("T")

_FINE = 0
NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class Asked:
    """One target that was asked for: its project, or why there is none."""

    name: str
    made: Project | ConsoleError

    @property
    def project(self) -> Project:
        """The project. Raises what keeps it from being one."""
        if isinstance(self.made, ConsoleError):
            raise self.made
        return self.made


@dataclass(frozen=True, slots=True)
class Turn(Generic[T]):
    """One target's turn: its name, and what to do."""

    target: str
    work: Callable[[], Awaitable[T]]


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What became of one target: what was found, or what went wrong; without either its turn did not come."""

    target: str
    found: T | None = None
    error: ConsoleError | None = None

    @property
    def reached(self) -> bool:
        """Whether its turn came."""
        return self.found is not None or self.error is not None


def asked(which: Which, folder: Path | None, *, writes: bool = False) -> list[Asked]:
    """Return the targets of a verb, each once, in the order of the words or, for a tag, of the configuration.

    One target alone raises what `Project.of` raises. Of several, only a word that means nothing is raised; any other
    error is that target's own.
    """
    if which.tag is None and len(which.words) <= 1:
        project = Project.of(which.words, folder, writes=writes)
        return [Asked(project.target.name, project)]
    words = which.words if which.tag is None else tagged(which)
    found = list(_each_once(_asked(word, folder, writes=writes) for word in words))
    current().target = names(one.name for one in found)
    return found


def tagged(which: Which) -> tuple[str, ...]:
    """Return the profiles with the tag. Raises UsageError when there is none, or when targets were named as well."""
    if which.words:
        raise UsageError("--tag says which targets, and so do the words; give one of them.")
    profiles = files.load(environ=os.environ, cwd=Path.cwd()).profiles
    found = tuple(name for name, profile in profiles.items() if which.tag in profile.tags)
    if not found:
        raise UsageError(f"No profile has the tag {sanitize(which.tag or '')}.", hint=_tags(profiles.values()))
    return found


def refuse(words: Sequence[str], doing: str) -> None:
    """Raise UsageError when several targets are named for a verb that takes one; `doing` says what it does."""
    profiles = files.load(environ=os.environ, cwd=Path.cwd()).profiles
    if len(words) > 1 and all(target.is_target(word, profiles) for word in words):
        raise UsageError(
            f"{len(words)} targets were named, and migrations are {doing} on one at a time: it can lose data.",
            hint="Run it for each of them, and look in between.",
        )


async def each(
    turns: Iterable[Turn[T]], *, keep_going: bool, told: Callable[[Result[T]], None] = lambda _: None
) -> list[Result[T]]:
    """Give every target its turn, one after the other; each result is `told` at once.

    The first that fails ends it, unless `keep_going`; a person who stops it ends it always. Those whose turn does not
    come have a result that says so.
    """
    results: list[Result[T]] = []
    stopped = False
    for turn in turns:
        if stopped:
            results.append(Result(turn.target))
            continue
        result = await _taken(turn)
        results.append(result)
        told(result)
        stopped = stops(result, keep_going=keep_going)
    return results


def stops(result: Result[T], *, keep_going: bool) -> bool:
    """Tell whether nothing comes after this."""
    return isinstance(result.error, Interrupted) or (result.error is not None and not keep_going)


def exit_code(result: Result[T], code: int = _FINE) -> int:
    """Return the exit code of one result, which without an error is `code`."""
    return result.error.exit_code if result.error is not None else code


def names(targets: Iterable[str]) -> str:
    """Return what stands for several targets in a document."""
    return ", ".join(targets)


def shape(result: Result[T], found: dict[str, object], *, code: int = _FINE) -> dict[str, object]:
    """Return what stands in `targets` of a document: what became of one, and `found`, the shape of the verb.

    `code` is the exit code that the verb alone would have ended with.
    """
    summary = found.get("summary", "") if result.error is None else result.error.title
    return {
        "target": result.target,
        "ok": result.reached and exit_code(result, code) == _FINE,
        "summary": summary if result.reached else NOT_REACHED,
        "reached": result.reached,
        "error": result.error.as_dict() if result.error is not None else None,
        **{key: value for key, value in found.items() if key != "summary"},
    }


def tell_failure(result: Result[T]) -> None:
    """Say what kept one target from being done; of others nothing."""
    if result.error is not None:
        tell(lines.BAD(f"{sanitize(result.target)} failed:"))
        tell_error(result.error)


def unread(results: Sequence[Result[T]]) -> str:
    """Say how many failed and how many were not reached, as the end of a sentence; nothing where all went well."""
    failed = sum(each.error is not None for each in results)
    left = sum(not each.reached for each in results)
    said = [*([f"{failed} failed"] if failed else []), *([f"{left} {NOT_REACHED}"] if left else [])]
    return ", ".join(said)


def _asked(word: str, folder: Path | None, *, writes: bool) -> Asked:
    try:
        project = Project.of((word,), folder, writes=writes)
    except (UnknownProfile, BadUrl):
        raise
    except ConsoleError as error:
        return Asked(word, error)
    return Asked(project.target.name, project)


def _each_once(found: Iterable[Asked]) -> Iterator[Asked]:
    known = set()
    for one in found:
        where = () if isinstance(one.made, ConsoleError) else tuple(sorted(one.made.target.params.items()))
        if (one.name, where) not in known:
            known.add((one.name, where))
            yield one


async def _taken(turn: Turn[T]) -> Result[T]:
    try:
        return Result(turn.target, await turn.work())
    except ConsoleError as error:
        return Result(turn.target, error=error)
    except click.Abort:
        return Result(turn.target, error=Interrupted("Interrupted."))
    except asyncio.CancelledError as error:
        said = str(error) or "Interrupted; what ran on the server was cancelled."
        return Result(turn.target, error=Interrupted(said))


def _tags(profiles: Iterable[Profile]) -> str:
    known = sorted({tag for profile in profiles for tag in profile.tags})
    if not known:
        return 'No profile has any; a profile takes tags = ["eu"] in the configuration.'
    return f"Tags: {sanitize(', '.join(known))}."
