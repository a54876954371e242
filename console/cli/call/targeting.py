"""From the words of a command line to an open session: configuration, folder, password, demo server."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from console.cli.call.asking import typed
from console.cli.call.invocation import current
from console.cli.terminal import streams
from console.cli.terminal.telling import tell
from console.config import files, passwords, target
from console.config.profile import Secret, Target
from console.errors import AuthenticationFailed, UsageError
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.db.session import Session
    from console.demo.server import Demo


class Words(NamedTuple):
    """The positional words of a verb, sorted: the target's, and the rest."""

    target: str | None
    rest: tuple[str, ...]


def sort_words(words: Sequence[str], *, at_most: int) -> Words:
    """Tell the target from a verb's own arguments: the first word is one if it is a profile, a URL or a demo.

    `at_most` is how many arguments the verb takes besides. Raises UsageError when there are more.
    """
    configuration = files.load(environ=os.environ, cwd=Path.cwd())
    first = bool(words) and (target.is_target(words[0], configuration.profiles) or len(words) > at_most)
    rest = tuple(words[1:] if first else words)
    too_many = len(rest) - at_most
    if too_many > 0:
        verb = "is" if too_many == 1 else "are"
        raise UsageError(
            f"There {verb} {plural(too_many, 'word')} too many: {sanitize(' '.join(rest[at_most:]))}.",
            hint="Quote what belongs together.",
        )
    return Words(words[0] if first else None, rest)


def resolve(word: str | None, *, writes: bool = False, env_name: str | None = None) -> Target:
    """Return what a word means here, its password found as far as that goes; warnings are told.

    Raises what `console.config.target.resolve` and `console.config.passwords.complete` raise.
    """
    return with_password(meant(word, writes=writes, env_name=env_name))


def meant(word: str | None, *, writes: bool = False, env_name: str | None = None) -> Target:
    """Return what a word means here, before anybody looked for its password; warnings are told.

    Raises what `console.config.target.resolve` raises.
    """
    invocation = current()
    found = target.resolve(
        word, environ=os.environ, cwd=Path.cwd(), env_name=env_name or invocation.env_name, writes=writes
    )
    invocation.target = found.name
    for warning in found.warnings:
        if warning not in invocation.warned:
            tell(f"! {sanitize(warning)}", style="yellow")
    invocation.warned.update(found.warnings)
    return found


def with_password(asked: Target) -> Target:
    """Return the target with its password: from where the profile says, or where the URL has a gap from a person."""
    return passwords.complete(asked, environ=os.environ, ask=ask_password)


def ask_password(asked: Target) -> Secret | None:
    """Ask the person for a password; None without a terminal."""
    if not streams.on_terminal(sys.stdin):
        return None
    given = typed(f"Password for {sanitize(asked.name)}", hidden=True)
    return Secret(given) if given else None


@asynccontextmanager
async def opened(asked: Target, what: str, *, direct: bool = False) -> AsyncIterator[Session]:
    """Open a session on a target for one verb; a demo's server is started for it, and stopped behind it."""
    demo: Demo | None = None
    try:
        if asked.demo is not None:
            from console.demo.server import Demo

            demo = await Demo.start()
            asked = await demo.ready(asked.demo, tell)
        session = await _open(asked, what, direct=direct)
        try:
            yield session
        finally:
            await session.close()
    finally:
        if demo is not None:
            await demo.leave()


async def _open(asked: Target, what: str, *, direct: bool) -> Session:
    """Open a session; when the server wants a password that nobody had, ask the person once."""
    from console.db.session import Session

    try:
        return await _connected(Session(asked, what=what, direct=direct))
    except AuthenticationFailed as error:
        given = ask_password(asked) if _wants_password(asked, error) else None
        if given is None:
            raise
        return await _connected(Session(replace(asked, password=given), what=what, direct=direct))


async def _connected(session: Session) -> Session:
    session.waiting = tell
    await session.connect()
    return session


def _wants_password(asked: Target, error: AuthenticationFailed) -> bool:
    """Tell whether a password would help; a role that may not log in from here needs something else."""
    return asked.password is None and asked.demo is None and "password" in f"{error.title} {error.detail}".lower()
