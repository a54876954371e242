"""One reading for all panels that ask for the same: what is costly to ask is asked once, and holds up nothing else."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import cast

from console.dashboards.definition import Panel
from console.dashboards.sample import Sample
from console.errors import ConsoleError


class Shared:
    """The readings that run now; who asks for one of them waits for it."""

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Future[Sample | ConsoleError]] = {}

    async def read(self, key: Hashable, reading: Callable[[], Awaitable[Sample]]) -> Sample:
        """Return what `reading` gives, or what the one gives that runs under this key already.

        If that one is cancelled, the next who waits for it reads. Raises what reading raises.
        """
        while (running := self._running.get(key)) is not None:
            await asyncio.wait([running])
            if not running.cancelled():
                return _given(running.result())
        mine = self._running[key] = asyncio.get_running_loop().create_future()
        try:
            sample = await reading()
            mine.set_result(sample)
            return sample
        except ConsoleError as error:
            mine.set_result(error)
            raise
        finally:
            del self._running[key]
            mine.cancel()  # does nothing once there is a result


def in_turn(panels: Iterable[Panel]) -> tuple[Panel, ...]:
    """Return the panels in the order in which to begin with them.

    A statement that several panels share is a costly one. One of these goes first; the others come last, so that
    another connection reads what is quick meanwhile.
    """
    wanted = tuple(panels)
    shared = [sql for sql, sharers in Counter(panel.sql for panel in wanted if panel.sql).items() if sharers > 1]
    return tuple(sorted(wanted, key=lambda panel: _turn(panel, shared)))


def only(sample: Sample, panel: Panel) -> Sample:
    """Return the rows of which the columns of the option `only` say what it says, without these columns.

    A column that is not there is left to whoever draws: he says which there are.
    """
    wanted = cast("Mapping[str, str]", panel.options.get("only", {}))
    by_name = {head.name: place for place, head in enumerate(sample.heads)}
    if not wanted or not wanted.keys() <= by_name.keys():
        return sample
    kept = [place for place, head in enumerate(sample.heads) if head.name not in wanted]
    rows = (row for row in sample.rows if all(str(row[by_name[name]]) == word for name, word in wanted.items()))
    return replace(
        sample,
        heads=tuple(sample.heads[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in rows),
    )


def _given(result: Sample | ConsoleError) -> Sample:
    if isinstance(result, ConsoleError):
        raise result.with_traceback(None)  # where it was raised first says nothing here
    return result


def _turn(panel: Panel, shared: list[str]) -> int:
    if panel.sql not in shared:
        return 1
    return 0 if panel.sql == shared[0] else 2
