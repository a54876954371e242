"""Runners that are killed with SIGKILL at their nth message to the server: `python -m tests.migrations.doomed`.

The program forks a runner for each order that comes on standard input, so that a kill costs no start of Python, and
answers with how the runner ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg

from console.config.profile import Guard, Target
from console.db.connecting.connection import Connection
from console.db.session import Session
from console.errors import ConsoleError
from tests.migrations.foreign import Site

_READ, _WRITE = 1, 2  # what the driver waits for, as it says it
RUN_OUT = 0.1  # seconds that the lease of a runner lasts which is killed


@dataclass(frozen=True)
class Order:
    """What a runner does, and when it dies: before its message number `last` goes out, or with `sent` right after.

    `last` 0 lets it live. `verb` is up, or down, which goes all the way.
    """

    params: dict[str, str]
    folder: str
    verb: str = "up"
    last: int = 0
    sent: bool = False
    lease: float = RUN_OUT


@dataclass(frozen=True)
class End:
    """How a runner ended: killed or not; else what it said, and the numbers of the messages it sent."""

    killed: bool
    said: str = ""
    messages: tuple[int, ...] = ()


class Nursery:
    """The program, from the outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Nursery]:
        """Run it for as long as the block lasts."""
        words = [sys.executable, "-m", "tests.migrations.doomed"]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield cls(process)
        finally:
            process.communicate(timeout=60)

    def run(self, order: Order) -> End:
        """Run a runner to its end, whichever that is."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return End(**json.loads(self._process.stdout.readline()))


def main() -> None:
    """Fork a runner for each line, and say how it ended."""
    for line in sys.stdin:
        order = Order(**json.loads(line))
        receiving, sending = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receiving)
            _live(order, sending)
        os.close(sending)
        with os.fdopen(receiving) as pipe:
            report = pipe.read()
        os.waitpid(child, 0)
        print(report or json.dumps(asdict(End(killed=True))), flush=True)


def _live(order: Order, report: int) -> None:
    """Be the runner, and report unless killed."""
    said, doom = "", _Doom(order)
    try:
        asyncio.run(_run(order, doom))
    except (ConsoleError, psycopg.Error) as error:
        said = f"{type(error).__name__}: {error} {getattr(error, 'detail', '')}".replace("\n", " ")
    os.write(report, json.dumps(asdict(End(killed=False, said=said, messages=tuple(doom.messages)))).encode())
    os._exit(0)


async def _run(order: Order, doom: _Doom) -> None:
    target = Target("doomed", order.params, guard=Guard.OPEN)
    async with await Session.open(target, what="doomed") as session:
        site = Site(Path(order.folder), session)
        planned = await (site.planned() if order.verb == "up" else site.planned_down(everything=True))
        doom.begin()
        await site.run(planned, lease=order.lease)


class _Doom:
    """Numbers the messages of all connections of this process, and kills it at the last one."""

    def __init__(self, order: Order) -> None:
        self._order, self._count = order, 0
        self._answered = True
        self.messages: list[int] = []

    def begin(self) -> None:
        """Count from here."""
        wait = Connection.wait

        async def counting(connection: Connection, steps: Any, *args: Any, **kwargs: Any) -> Any:
            self._count += 1
            if 0 < self._order.last <= self._count and not self._order.sent:
                self._die()
            return await wait(connection, self._through(steps, self._count), *args, **kwargs)

        Connection.wait = counting  # type: ignore[method-assign]

    def _through(self, steps: Any, number: int) -> Any:
        """Pass on what the driver waits for; a message is what is sent after something has come back."""
        try:
            wanted = next(steps)
            if wanted & _WRITE and self._answered:
                self.messages.append(number)
                self._answered = False
            while True:
                ready = yield wanted
                self._answered = self._answered or bool(ready & _READ)
                if 0 < self._order.last <= number and self._order.sent:
                    self._die()
                wanted = steps.send(ready)
        except StopIteration as end:
            return end.value

    def _die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
