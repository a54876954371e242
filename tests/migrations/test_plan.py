"""States and plans are decided without a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.errors import ConsoleError, Refused, UsageError
from console.migrations import plan
from console.migrations.files.folder import Folder, Migration, Script
from console.migrations.ledgers.ledger import Applied, Direction, Holder, Recorded, Unfinished
from console.migrations.plan import Plan
from console.migrations.states import State, standings

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def folder(*versions: str, without_down: tuple[str, ...] = ()) -> Folder:
    return Folder(Path("m"), "dbconsole", tuple(migration(each, down=each not in without_down) for each in versions))


def migration(version: str, *, down: bool = True) -> Migration:
    script = Script(Path(f"{version}_x.up.sql"), "SELECT 1")
    return Migration(version, "x", "c" + version, script, script if down else None)


def recorded(*versions: str, unfinished: Unfinished | None = None, holder: Holder | None = None) -> Recorded:
    rows = tuple(Applied(each, "x", place, "c" + each, batch=place // 2) for place, each in enumerate(versions))
    return Recorded(True, rows, (unfinished,) if unfinished else (), holder)


def half_way(version: str, direction: Direction = Direction.UP) -> Unfinished:
    return Unfinished(version, "x", direction, 1, 3, "p", doubtful=False, error="deadlock", started_at=NOON)


def steps(made: Plan) -> list[str]:
    return [f"{step.direction} {step.migration.version}" for step in made.steps]


@pytest.mark.parametrize(
    ("files", "rows", "states"),
    [
        (("1", "2"), (), "pending pending"),
        (("1", "2"), ("1",), "applied pending"),
        (("1", "2", "3"), ("1", "3"), "applied out_of_order applied"),
        (("2",), ("1", "2"), "missing applied"),
        (("0001",), ("1",), "edited"),  # the same number, another checksum
        (("9", "10"), ("9",), "applied pending"),
    ],
)
def test_states(files: tuple[str, ...], rows: tuple[str, ...], states: str) -> None:
    found = standings(folder(*files), recorded(*rows))
    assert " ".join(standing.state for standing in found) == states
    assert all(standing.reason for standing in found if standing.state in (State.EDITED, State.MISSING))


@pytest.mark.parametrize(("left", "state"), [(5, State.RUNNING), (-5, State.PENDING)])
def test_running_is_what_a_living_holder_does(left: int, state: State) -> None:
    holder = Holder("ada@laptop", "2", NOON, NOON + timedelta(seconds=left), alive=left > 0)
    found = standings(folder("1", "2"), recorded("1", holder=holder))
    assert found[1].state is state
    assert ("ada@laptop" in found[1].reason) is (left > 0)


def test_failed_half_way_says_where() -> None:
    [found] = standings(folder("1"), recorded(unfinished=half_way("1")))
    assert found.state is State.FAILED
    assert "1 of 3 statements are done" in found.reason
    assert "deadlock" in found.reason


UPS = [
    (("1", "2", "3"), (), {}, "up 1, up 2, up 3"),
    (("1", "2", "3"), ("1",), {}, "up 2, up 3"),
    (("0001", "0002", "0003"), (), {"to": "2"}, "up 0001, up 0002"),
    (("1", "2"), ("1", "2"), {}, ""),
    (("1", "2"), ("1", "2"), {"to": "1"}, ""),
    (("1", "2", "3"), ("1", "3"), {"out_of_order": True}, "up 2"),
    (("1", "2", "4"), ("1", "3"), {"to": "1"}, ""),
    (("1", "2"), ("1", "3"), {"out_of_order": True}, "up 2"),
]


@pytest.mark.parametrize(("files", "rows", "options", "expected"), UPS)
def test_up(files: tuple[str, ...], rows: tuple[str, ...], options: dict[str, object], expected: str) -> None:
    assert ", ".join(steps(plan.up(folder(*files), recorded(*rows), **options))) == expected  # type: ignore[arg-type]


DOWNS = [
    (("1", "2", "3"), {}, "down 3"),
    (("1", "2", "3"), {"steps": 2}, "down 3, down 2"),
    (("1", "2", "3"), {"steps": 9}, "down 3, down 2, down 1"),
    (("1", "3", "2"), {}, "down 2"),  # the one applied last, not the highest number
    (("1", "3", "2"), {"to": "1"}, "down 2, down 3"),
    (("1", "3", "2"), {"to": "3"}, "down 2"),
    (("1", "2", "3"), {"to": "0003"}, ""),
    (("1", "2", "3"), {"to": "0"}, "down 3, down 2, down 1"),
    (("1", "2", "3"), {"everything": True}, "down 3, down 2, down 1"),
    (("1", "2", "3", "4"), {"batch": True}, "down 4, down 3"),
    ((), {}, ""),
    ((), {"batch": True}, ""),
    ((), {"everything": True}, ""),
]


@pytest.mark.parametrize(("rows", "options", "expected"), DOWNS)
def test_down(rows: tuple[str, ...], options: dict[str, object], expected: str) -> None:
    made = plan.down(folder("1", "2", "3", "4"), recorded(*rows), **options)  # type: ignore[arg-type]
    assert ", ".join(steps(made)) == expected


def test_redo_goes_down_and_up_again() -> None:
    assert steps(plan.redo(folder("1", "2"), recorded("1", "2"))) == ["down 2", "up 2"]


REFUSALS = [
    (lambda: plan.up(folder("1", "2", "3"), recorded("1", "3")), Refused, "2_x would be applied out of order"),
    (lambda: plan.up(folder("1"), recorded(), to="7"), UsageError, "There is no migration 7"),
    (lambda: plan.down(folder("1"), recorded("1"), steps=0), UsageError, "0 is no number"),
    (lambda: plan.down(folder("1", "2"), recorded("1"), to="2"), UsageError, "2 is not applied"),
    (lambda: plan.down(folder("1"), recorded("1", "2")), Refused, "its files are not in the folder"),
    (
        lambda: plan.down(folder("1", "2", without_down=("1",)), recorded("1", "2"), steps=2),
        Refused,
        "has no down file",
    ),
    (lambda: plan.down(folder("1"), recorded("1", unfinished=half_way("1"))), Refused, "1_x stopped half-way"),
    (
        lambda: plan.up(folder("1", "2"), recorded("1", unfinished=half_way("1", Direction.DOWN))),
        Refused,
        "1 of 3 statements of its down file",
    ),
]


@pytest.mark.parametrize(("make", "kind", "says"), REFUSALS)
def test_what_is_refused_says_why_and_what_to_do(make: object, kind: type[ConsoleError], says: str) -> None:
    assert callable(make)
    with pytest.raises(kind) as caught:
        make()
    assert says in caught.value.title
    assert caught.value.hint


def test_what_is_odd_but_not_in_the_way_is_a_warning() -> None:
    made = plan.up(folder("0001", "2"), recorded("1"))
    assert steps(made) == ["up 2"]
    assert "edited after it was applied" in made.warnings[0]


def test_a_half_way_migration_goes_on_where_it_stopped() -> None:
    made = plan.up(folder("1"), recorded(unfinished=half_way("1")))
    assert made.steps[0].resume == half_way("1")


def test_a_plan_as_json() -> None:
    made = plan.up(folder("1", "2"), recorded("1"))
    assert made.as_dict() == {
        "summary": "1 migration to apply",
        "warnings": [],
        "migrations": [{"version": "2", "name": "x", "direction": "up", "outcome": "planned"}],
    }
