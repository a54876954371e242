"""The server's clock is guessed only while ours can be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.dashboards.reading.clock import ServerClock

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Ours:
    """Our two clocks, turned by hand."""

    def __init__(self) -> None:
        self.monotonic, self.wall = 50.0, 1_000_000.0

    def clock(self) -> ServerClock:
        """Return a clock that has just heard that it is noon."""
        made = ServerClock(monotonic=lambda: self.monotonic, wall=lambda: self.wall)
        assert made.now() is None
        made.learn(NOON.timestamp(), self.monotonic)
        return made


@pytest.mark.parametrize(
    ("monotonic", "wall", "later"),
    [
        (0, 0, 0),
        (600, 600, 600),
        (600, 601, 600),  # ours are kept in step by others all the time
        (600, 4200, None),  # ours was put forward, or this machine slept for an hour
        (600, -3000, None),  # put back
        (0.5, 8 * 3600, None),  # asleep over night
    ],
)
def test_it_goes_on_with_ours(monotonic: float, wall: float, later: float | None) -> None:
    ours = Ours()
    clock = ours.clock()
    ours.monotonic += monotonic
    ours.wall += wall
    assert clock.now() == (None if later is None else NOON + timedelta(seconds=later))
    clock.learn(NOON.timestamp() + 7, ours.monotonic)
    assert clock.now() == NOON + timedelta(seconds=7), "and is believed again once the server was heard"


def test_a_server_whose_clock_is_wrong_is_believed() -> None:
    ours = Ours()
    clock = ours.clock()
    clock.learn(0.0, ours.monotonic)
    ours.monotonic += 60
    ours.wall += 60
    assert clock.now() == datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
