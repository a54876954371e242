"""An event trigger that can refuse statements is off while others run, and behind them as the second side has it."""

from __future__ import annotations

import pytest

from console.catalog.model import Catalog, Column, EventTrigger, Key, Kind, Object, Routine, Table
from console.drift import hazards
from console.drift.planning.planning import plan
from console.migrations.hazards.hazard import Kind as HazardKind
from console.migrations.hazards.hazard import Severity

_FUNCTION = Key(Kind.FUNCTION, "public", "guard")
_OFF = "ALTER EVENT TRIGGER guard DISABLE"
_ADDED = "ALTER TABLE public.t ADD COLUMN b integer"


def guarded(columns: str, *, source: str = "BEGIN RAISE EXCEPTION 'no'; END", enabled: str = "O") -> Catalog:
    """Return a catalog with one table and a trigger that watches statements."""
    made: tuple[Object, ...] = (
        Table(key=Key(Kind.TABLE, "public", "t"), columns=tuple(Column(name=name, type="integer") for name in columns)),
        Routine(key=_FUNCTION, definition=f"CREATE FUNCTION public.guard() … {source}", source=source),
        EventTrigger(
            key=Key(Kind.EVENT_TRIGGER, "", "guard"),
            event="ddl_command_start",
            enabled=enabled,
            function="public.guard",
            function_key=_FUNCTION,
        ),
    )
    return Catalog(version=180000, objects={each.key: each for each in made})


@pytest.mark.parametrize(
    ("before", "after", "statements"),
    [
        (guarded("a"), guarded("ab"), [_OFF, _ADDED, "ALTER EVENT TRIGGER guard ENABLE"]),
        (guarded("a"), guarded("ab", enabled="A"), [_OFF, _ADDED, "ALTER EVENT TRIGGER guard ENABLE ALWAYS"]),
        (guarded("a", enabled="R"), guarded("ab", enabled="D"), [_OFF, _ADDED]),
        (guarded("a", enabled="D"), guarded("ab", enabled="D"), [_ADDED]),
        (guarded("a"), guarded("a", enabled="D"), [_OFF]),
        (guarded("a", source="raise notice 'x'"), guarded("ab", source="raise notice 'x'"), [_ADDED]),
        (guarded("a"), guarded("a"), []),
    ],
)
def test_it_is_off_in_between(before: Catalog, after: Catalog, statements: list[str]) -> None:
    found = plan(before, after)
    assert [each.text for each in found.statements] == statements


def test_that_it_is_off_is_a_hazard() -> None:
    before, after = guarded("a"), guarded("ab")
    off, *_ = found = hazards.of_statements(before, after, plan(before, after).statements)
    assert [each.kind for each in off] == [HazardKind.ACCESS]
    assert hazards.worst(found) is Severity.WARN
