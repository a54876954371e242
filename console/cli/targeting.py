"""From the words of a command line to a target that can be connected to: configuration, password, demo server."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.telling import tell
from console.config import files, passwords, target
from console.config.profile import Secret, Target
from console.errors import AuthenticationFailed, UsageError
from console.text import plural

if TYPE_CHECKING:
    from console.db.session import Session
    from console.demo.server import Demo

Saying = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Words:
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
    if len(rest) > at_most:
        many = plural(len(rest) - at_most, "word")
        raise UsageError(
            f"There {'is' if len(rest) - at_most == 1 else 'are'} {many} too many.", hint="Quote SQL and file names."
        )
    return Words(words[0] if first else None, rest)


def resolve(word: str | None, *, writes: bool = False, env_name: str | None = None) -> Target:
    """Return what a word means here, its password found as far as that goes; warnings are told.

    Raises what `console.config.target.resolve` raises.
    """
    context = click.get_current_context(silent=True)
    if env_name is None and context is not None:
        env_name = (context.find_root().obj or {}).get("env_name")
    found = target.resolve(word, environ=os.environ, cwd=Path.cwd(), env_name=env_name, writes=writes)
    for warning in found.warnings:
        tell(f"! {warning}", style="yellow")
    return passwords.complete(found, environ=os.environ, ask=ask_password)


def ask_password(asked: Target) -> Secret | None:
    """Ask the person for a password; None without a terminal."""
    if not sys.stdin.isatty():
        return None
    return Secret(click.prompt(f"Password for {asked.name}", hide_input=True, err=True, default="", show_default=False))


@asynccontextmanager
async def opened(asked: Target, what: str, *, direct: bool = False) -> AsyncIterator[Session]:
    """Open a session on a target for one verb; a demo's server is started for it, and stopped behind it."""
    from console.db.session import Session

    demo: Demo | None = None
    try:
        if asked.demo is not None:
            from console.demo.server import Demo

            demo = await Demo.start()
            asked = await demo.ready(asked.demo, tell)
        session = await _open(Session, asked, what, direct=direct)
        try:
            yield session
        finally:
            await session.close()
    finally:
        if demo is not None:
            await demo.leave()


async def _open(kind: type[Session], asked: Target, what: str, *, direct: bool) -> Session:
    """Open a session; when the server wants a password that nobody had, ask the person once."""
    from dataclasses import replace

    try:
        return await kind.open(asked, what=what, direct=direct)
    except AuthenticationFailed:
        given = ask_password(asked) if asked.password is None and asked.demo is None else None
        if given is None:
            raise
        return await kind.open(replace(asked, password=given), what=what, direct=direct)
