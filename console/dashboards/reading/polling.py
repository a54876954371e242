"""Keeps the panels of a dashboard fresh for as long as somebody looks at them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from console.dashboards.definition import Panel
from console.dashboards.reading.pacing import IDLE, IDLE_WHERE_SERVERS_SLEEP, Pacing, Pause
from console.dashboards.reading.rates import rates
from console.dashboards.reading.reader import BETWEEN, Reader, interval
from console.dashboards.reading.ring import Ring
from console.dashboards.reading.sharing import in_turn
from console.dashboards.sample import Failed, Sample
from console.errors import ConsoleError, Refused, UsageError
from console.text import duration

_STALE = 2.5  # of a panel's interval
_HASTE = 5.0  # seconds below which nothing is stale
_REMEMBERING = 300.0  # seconds after which it is looked whether another hour has begun


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a panel now.

    `age` is the seconds since the newest sample was read, None before the first. `stale` tells that a newer one ought
    to be there: reading failed, takes long, or is paused. `failed` is what went wrong last, None since it went well.
    """

    ring: Ring
    failed: Failed | None = None
    reading: bool = False
    age: float | None = None
    stale: bool = False


@dataclass(slots=True)
class _Watch:
    panel: Panel
    ring: Ring = field(default_factory=Ring)
    counted: Sample | None = None  # the last reading of counters
    failed: Failed | None = None
    task: asyncio.Task[None] | None = None

    def break_off(self) -> None:
        """Something is missing from here on; counters read before it say nothing of what comes."""
        self.ring.gap()
        self.counted = None


class Poller:
    """Reads what is seen of a dashboard, again and again, while `run` runs.

    `news` is called with a panel's id after each change of its state, with an empty text when pausing or the refresh
    has changed. `idle` False keeps polling when nobody touches anything, but not on a server that sleeps.
    """

    def __init__(
        self,
        reader: Reader,
        chosen: Mapping[str, str],
        *,
        news: Callable[[str], None],
        idle: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.refresh: float | None = None
        self._reader = reader
        self._chosen = chosen
        self._news = news
        self._clock = clock
        self._watches = {name: _Watch(panel) for name, panel in reader.dashboard.panels.items()}
        self._pacing = Pacing(self._intervals(), now=clock(), idle=self._patience(idle))
        self._woken = asyncio.Event()
        self._pause: Pause | None = None

    async def run(self) -> None:
        """Read until cancelled; what is under way then is cancelled on the server."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._remember())
            while True:
                self._look_at_pause()
                for name in self._due():
                    self._pacing.began(name, self._clock())
                    self._watches[name].task = tasks.create_task(self._read(name))
                    self._news(name)
                await self._sleep(self._pacing.next(self._clock()))

    def __contains__(self, name: str) -> bool:
        """Tell whether a panel of that name is polled here."""
        return name in self._watches

    def state(self, name: str) -> State:
        """Return what is known of a panel."""
        watch = self._watches[name]
        newest = watch.ring.newest
        age = None if newest is None else max(0.0, self._clock() - newest.monotonic)
        stale = age is not None and (watch.failed is not None or self._late(watch.panel, age))
        return State(watch.ring, watch.failed, watch.task is not None, age, stale)

    @property
    def paused(self) -> Pause | None:
        """Why nothing is read by itself; None when it is."""
        return self._pacing.pause(self._clock())

    @property
    def why(self) -> str:
        """Say why nothing is read by itself; an empty text when it is."""
        match self.paused:
            case Pause.BY_HAND:
                return "paused"
            case Pause.IDLE if self._sleeps:
                place = self._reader.session.place.provider
                return f"paused: no key for {duration(IDLE_WHERE_SERVERS_SLEEP)}, and reading keeps {place} awake"
            case Pause.IDLE:
                return f"paused: no key for {duration(IDLE)}"
        return ""

    def show(self, names: Iterable[str]) -> None:
        """Say which panels are seen; the others are not read."""
        self._pacing.show(names)
        self._woken.set()

    def pause(self) -> None:
        """Read nothing more by itself."""
        self._pacing.paused = True
        self._woken.set()

    def go_on(self) -> None:
        """Read again."""
        self._pacing.paused = False
        self.touched()

    def toggle(self) -> None:
        """Pause, or go on, whatever it was that paused."""
        (self.pause if self.paused is None else self.go_on)()

    def touched(self) -> None:
        """Say that a person is there: call it for every key."""
        self._pacing.touch(self._clock())
        self._woken.set()

    def every(self, seconds: float | None) -> None:
        """Read all panels every so many seconds; 0 by hand, None as their file says."""
        self.refresh = seconds
        self._pacing.change(self._intervals(), self._clock())
        self._news("")
        self._woken.set()

    def again(self, name: str | None = None) -> None:
        """Read a panel, or all that are seen, at once, also while paused."""
        self._pacing.ask(self._pacing.visible if name is None else [name])
        self._woken.set()

    def choose(self, chosen: Mapping[str, str]) -> None:
        """Show something else: forget what was read, give up what is being read, and read it anew."""
        self._chosen = chosen
        for name, watch in self._watches.items():
            if watch.task is not None:
                watch.task.cancel()
            self._watches[name] = _Watch(watch.panel)
            self._pacing.dropped(name)
        self._pacing.renew()
        self._pacing.ask(list(self._watches))
        self._news("")
        self._woken.set()

    async def _remember(self) -> None:
        """Have the hour's reading of sizes taken whether its panel is seen or not; what is wrong the panel says."""
        while True:
            if self.paused is None:
                with contextlib.suppress(ConsoleError):
                    await self._reader.remember()
            await asyncio.sleep(_REMEMBERING)

    def _due(self) -> list[str]:
        """Return what is to be read now, in the order in which it is begun."""
        return [panel.id for panel in in_turn(self._watches[name].panel for name in self._pacing.due(self._clock()))]

    async def _read(self, name: str) -> None:
        watch = self._watches[name]
        found: Sample | ConsoleError | None = None
        try:
            found = await self._reader.read(watch.panel, self._chosen, refresh=self.refresh)
        except ConsoleError as error:
            found = error
        finally:
            if self._watches[name] is watch:  # something else may be to be shown by now
                self._take(name, watch, found)

    def _take(self, name: str, watch: _Watch, found: Sample | ConsoleError | None) -> None:
        watch.task = None
        match found:
            case Sample():
                self._came(name, watch, found)
            case ConsoleError():
                self._failed(name, watch, found)
            case None:
                self._pacing.dropped(name)
        self._news(name)
        self._woken.set()

    def _came(self, name: str, watch: _Watch, sample: Sample) -> None:
        watch.failed = None
        last = watch.counted if watch.panel.rate else watch.ring.newest
        if last is not None and self._late(watch.panel, sample.monotonic - last.monotonic):
            watch.break_off()
        first = watch.panel.rate and watch.counted is None
        if not first:
            watch.ring.push(rates(watch.counted, sample, watch.panel) if watch.counted is not None else sample)
        watch.counted = sample if watch.panel.rate else None
        self._pacing.ended(name, self._clock(), soon=BETWEEN if first else None)

    def _failed(self, name: str, watch: _Watch, error: ConsoleError) -> None:
        watch.break_off()
        again = self._pacing.failed(name, self._clock(), for_good=isinstance(error, Refused | UsageError))
        watch.failed = Failed(error, time.time(), again)

    def _late(self, panel: Panel, seconds: float) -> bool:
        """Tell whether so much time since the last reading means that one is missing."""
        usual = interval(self._reader.dashboard, panel, self.refresh)
        return bool(usual) and seconds > max(_STALE * usual, _HASTE)

    def _intervals(self) -> dict[str, float]:
        return {
            name: interval(self._reader.dashboard, each.panel, self.refresh) for name, each in self._watches.items()
        }

    def _patience(self, idle: bool) -> float | None:
        if self._sleeps:
            return IDLE_WHERE_SERVERS_SLEEP
        return IDLE if idle else None

    @property
    def _sleeps(self) -> bool:
        return self._reader.session.place.sleeps

    def _look_at_pause(self) -> None:
        pause = self.paused
        if pause is not self._pause:
            self._pause = pause
            self._news("")

    async def _sleep(self, seconds: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()
