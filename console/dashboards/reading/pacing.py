"""When a panel is read next: a plan without a clock, so that it can be tried with any.

Only what is seen is read, one reading of a panel at a time. Whoever pauses, and whoever has touched nothing for long,
is not read for; what a person asks for by hand is read in any case. A panel that fails is tried again ever more
rarely, one that is slow rests at least as long as it took.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf

IDLE = 15 * 60.0
IDLE_WHERE_SERVERS_SLEEP = 5 * 60.0
_MOST_BACK_OFF = 300.0
_LEAST_BACK_OFF = 2.0


class Pause(StrEnum):
    """Why nothing is read."""

    BY_HAND = "by hand"
    IDLE = "idle"


@dataclass(slots=True)
class _Turn:
    """One panel: the seconds between two readings, 0 for by hand; when it is due, `inf` for not by itself."""

    interval: float
    due: float = -inf
    asked: bool = False
    began: float | None = None
    failures: int = 0


class Pacing:
    """The turns of panels. `now` is seconds of any clock that only goes forward.

    `idle` is after how many seconds without a touch nothing is read any more, None for never.
    """

    def __init__(self, intervals: Mapping[str, float], *, now: float, idle: float | None = None) -> None:
        """Plan panels by id and the seconds between two readings, 0 for those that are read by hand."""
        self._turns = {name: _Turn(interval) for name, interval in intervals.items()}
        self.visible: frozenset[str] = frozenset()
        self._idle = idle
        self._touched = now
        self.paused = False

    def pause(self, now: float) -> Pause | None:
        """Return why nothing is read by itself; None when it is."""
        if self.paused:
            return Pause.BY_HAND
        return Pause.IDLE if self._idle is not None and now - self._touched >= self._idle else None

    def show(self, names: Iterable[str]) -> None:
        """Say which panels are seen; only these are read."""
        self.visible = frozenset(names) & self._turns.keys()

    def touch(self, now: float) -> None:
        """Say that a person is there."""
        self._touched = now

    def change(self, intervals: Mapping[str, float], now: float) -> None:
        """Take other intervals: what would be due later than by them is due sooner, what is by hand now no more."""
        for name, interval in intervals.items():
            turn = self._turns[name]
            turn.interval = interval
            if interval:
                turn.due = min(turn.due, now + interval)
            elif turn.due > now:
                turn.due = inf

    def ask(self, names: Collection[str]) -> None:
        """Read these as soon as they are seen, also while paused, and whatever failed."""
        for name in names:
            self._turns[name].asked = True

    def due(self, now: float) -> tuple[str, ...]:
        """Return the panels to read now, those that have waited longest first."""
        paused = self.pause(now) is not None
        waiting = [name for name in self._turns if self._may(name) and self._when(name, paused=paused) <= now]
        return tuple(sorted(waiting, key=lambda name: self._turns[name].due))

    def next(self, now: float) -> float | None:
        """Return the seconds until something may be due or the pause begins; None when only a person can bring that."""
        paused = self.pause(now) is not None
        moments = [self._when(name, paused=paused) for name in self._turns if self._may(name)]
        if not paused and self._idle is not None:
            moments.append(self._touched + self._idle)
        soonest = min(moments, default=inf)
        return None if soonest == inf else max(0.0, soonest - now)

    def began(self, name: str, now: float) -> None:
        """Say that a panel is being read."""
        turn = self._turns[name]
        turn.began, turn.asked = now, False

    def ended(self, name: str, now: float, *, soon: float | None = None) -> None:
        """Say that a reading has come; `soon` is after how many seconds another is wanted, whatever the interval."""
        turn = self._turns[name]
        began = now if turn.began is None else turn.began
        turn.began, turn.failures = None, 0
        if soon is not None:
            turn.due = now + soon
        elif turn.interval:
            turn.due = max(began + turn.interval, now + (now - began))
        else:
            turn.due = inf

    def failed(self, name: str, now: float, *, for_good: bool = False) -> float | None:
        """Say that a reading failed; return after how many seconds it is tried again, None for by hand.

        `for_good` is for what will fail the same way until somebody changes something.
        """
        turn = self._turns[name]
        turn.began = None
        turn.failures += 1
        if for_good or not turn.interval:
            turn.due = inf
            return None
        longest = max(_MOST_BACK_OFF, turn.interval)
        again = min(max(turn.interval, _LEAST_BACK_OFF) * 2.0 ** min(turn.failures, 20), longest)
        turn.due = now + again
        return again

    def dropped(self, name: str) -> None:
        """Say that a reading was given up by ourselves; the panel is as due as it was."""
        self._turns[name].began = None

    def renew(self) -> None:
        """Make all panels due, as at first: something else is to be shown in them."""
        for turn in self._turns.values():
            turn.due, turn.failures = -inf, 0

    def _may(self, name: str) -> bool:
        return name in self.visible and self._turns[name].began is None

    def _when(self, name: str, *, paused: bool) -> float:
        turn = self._turns[name]
        if turn.asked:
            return -inf
        return inf if paused else turn.due
