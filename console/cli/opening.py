"""Opens the console: the one place that knows profiles, demos and the screen."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from console.cli.call import garbage, options
from console.cli.call.invocation import current
from console.cli.terminal import streams
from console.errors import ConsoleError, UsageError

if TYPE_CHECKING:
    from console.config.profile import Target
    from console.db.session import Session
    from console.demo.life import Life
    from console.demo.server import Demo
    from console.ui.app import ConsoleApp
    from console.ui.doors import Choice, Saying


@click.command(hidden=True)
@click.argument("target", required=False)
@click.option("--plain-output", is_flag=True, help="Send whole frames to the terminal, as Textual does by itself.")
@options.environment
def console(target: str | None, plain_output: bool) -> int:
    """Open the console on TARGET: a profile, a URL, service=NAME, demo or demo:NAME."""
    return open_console(target, plain_output=plain_output)


def open_console(word: str | None, *, plain_output: bool = False, demo: Wishes | None = None) -> int:
    """Run the screen on a target until its user leaves; return the exit code.

    `demo` says what is wished of the demo. Raises UsageError before anything is drawn.
    """
    from console.cli.call.targeting import meant, with_password
    from console.config import files

    first = meant(word)
    _need_terminal()
    doors = Outside(with_password(first), demo)
    configuration = files.load(environ=os.environ, cwd=Path.cwd())
    from console.ui.app import ConsoleApp
    from console.ui.wire import driver_class

    driver = driver_class(plain=plain_output or current().plain_output)
    app = ConsoleApp(doors, keys=configuration.keys, theme=configuration.theme, driver_class=driver)
    return asyncio.run(_shown(app))


async def _shown(app: ConsoleApp) -> int:
    """Run the screen; a signal that ends programs makes it leave as its user would."""
    from console.cli.call.running import ended_by

    with ended_by(lambda: app.exit(130)):
        return await app.run_async() or 0


def _need_terminal() -> None:
    """Raises UsageError where there is nobody to look at a screen."""
    if not (streams.on_terminal(sys.stdin) and streams.on_terminal(sys.stdout)):
        raise UsageError(
            "The console needs a terminal to open in.", hint="dbconsole --help lists the commands that need none."
        )


class Wishes(NamedTuple):
    """What a person wants of the demo: to stay, to be built `anew` (these), at what size, with traffic."""

    keep: bool = False
    anew: frozenset[str] = frozenset()
    scale: int | None = None
    traffic: bool = False


class Outside:
    """The doors of the console (`console.ui.doors.Doors`) on the real world."""

    def __init__(self, first: Target, wishes: Wishes | None = None) -> None:
        self._here = first
        self._wishes = wishes or Wishes()
        self._aside: Saying = _nothing
        self._tell: Saying = _nothing
        self._demo: Demo | None = None
        self._life: Life | None = None

    @property
    def first(self) -> Target:
        """The target the program was started with."""
        return self._here

    async def target(self, word: str | None) -> Target:
        """Return what a word means; None is the target the program was started with."""
        if word is None:
            return self._here
        self._here = await asyncio.to_thread(self._meant, word)
        return self._here

    def _meant(self, word: str) -> Target:
        """Return what a word means; a password command may take its time."""
        kind, _, name = word.partition(":")
        if kind == "database":
            return _other_database(self._here, name)
        return _looked_up(None, env_name=name) if kind == "env" else _looked_up(word)

    async def open(self, target: Target, say: Saying) -> Session:
        """Open a session; a demo's server is started and filled first."""
        session = await (self._open_one(target, say) if target.demo is None else self._open_demo(target.demo, say))
        garbage.as_usual()
        return session

    async def beside(self, word: str, say: Saying, *, what: str, direct: bool = False) -> Session:
        """Open a session on what a word means besides the one at hand."""
        from console.db.session import Session

        target = await asyncio.to_thread(self._meant, word)
        if target.demo is not None:
            if self._demo is None:
                self._demo = await self._started(say)
            target = await self._demo.ready(target.demo, say)
        session = Session(target, what=what, direct=direct)
        session.waiting = say
        await session.connect()
        return session

    async def choices(self, session: Session | None) -> Sequence[Choice]:
        """Return profiles, demos, and the databases of the server at hand."""
        from console.cli.choices import choices

        states: Mapping[str, str] = {}
        if self._demo is not None:
            with contextlib.suppress(ConsoleError):  # a server that is gone: one wants to go elsewhere all the more
                states = await self._demo.states()
        return await choices(session, states)

    def follow(self, aside: Saying, tell: Saying) -> None:
        """Say from now on what goes on besides."""
        self._aside, self._tell = aside, tell

    async def leave(self) -> None:
        """End what goes on besides, then the demo's server, unless it is to be kept or somebody else uses it."""
        try:
            if self._life is not None:
                await self._life.leave()
        finally:
            if self._demo is not None:
                await self._demo.leave()

    async def _open_one(self, target: Target, say: Saying) -> Session:
        from console.db.session import Session

        session = Session(target)
        session.waiting = say
        await session.connect()
        if self._life is not None:
            await self._life.elsewhere()
        return session

    async def _open_demo(self, name: str, say: Saying) -> Session:
        if self._demo is None:
            self._demo = await self._started(say)
        session = await self._demo.session(name, say, what="console")
        self._here = session.target
        if self._life is None:
            self._life = self._begun(self._demo, name)
        self._life.opened(session.target)
        return session

    async def _started(self, say: Saying) -> Demo:
        from console.demo.server import Demo

        demo = await Demo.start(say)
        demo.keep, demo.scale = self._wishes.keep, self._wishes.scale or 1
        demo.anew.update(self._wishes.anew)
        return demo

    def _begun(self, demo: Demo, name: str) -> Life:
        from console.demo.life import Life

        if self._wishes.scale is not None and name not in demo.built:
            self._tell(demo.not_scaled(name))
        return Life(demo, traffic=self._wishes.traffic, aside=self._aside, tell=self._tell)


def _nothing(said: str) -> None:
    """Say it to nobody."""


def _looked_up(word: str | None, *, env_name: str | None = None) -> Target:
    """Return what a word means; a password command may take its time, and nobody can be asked below a screen."""
    from console.config import passwords, target

    found = target.resolve(word, environ=os.environ, cwd=Path.cwd(), env_name=env_name)
    return passwords.complete(found, environ=os.environ)


def _other_database(target: Target, name: str) -> Target:
    """Return the same server and role with another database; what the profile says of the first does not hold there."""
    direct = {**target.direct, "dbname": name} if target.direct is not None else None
    title = f"{target.name.partition('/')[0]}/{name}"
    return replace(target, name=title, params={**target.params, "dbname": name}, direct=direct, demo=None)
