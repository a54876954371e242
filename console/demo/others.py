"""Builds the demos that nobody has opened yet, behind the console that is open on one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.demo.server import Demo
from console.errors import ConnectionFailed, ConsoleError, Interrupted

Building = Callable[[str | None], None]


async def build(demo: Demo, wanted: Sequence[str], tell: Building) -> None:
    """Build the wanted ones, one after the other; `tell` gets the name of each that is begun, and None at the end.

    After each it is on the disk, so that one can leave without delay. One that cannot be built does not keep the next
    from being built: `demo.failed` says why. Raises ConnectionFailed when the server is gone.
    """
    try:
        if demo.built:
            await demo.settle()
        for name in wanted:
            try:
                await demo.ready(name, _named(tell, name))
                await demo.settle()
            except (Interrupted, ConnectionFailed):
                raise
            except ConsoleError as error:
                demo.failed[name] = error
    finally:
        tell(None)


def _named(tell: Building, name: str) -> Callable[[str], None]:
    return lambda _: tell(name)
