"""The start of the screen: what is there at once, what comes behind it, and what is not done twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from textual.css import stylesheet
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.widget import MountError

from console.catalog.entries import Entry
from console.catalog.key import Kind
from console.config.profile import Target
from console.ui.screens.place import OPENERS
from console.ui.screens.schema.tabs import DATA, DDL
from console.ui.screens.schema.view import ObjectView
from console.ui.theme import LIGHT
from tests.ui.driving import Driver, driven
from tests.ui.widgets.stage import on_stage, settled

USERS = Entry(line=1, kind=Kind.TABLE, schema="public", name="users", parent="", oid=16384, detail="")
FUNCTION = Entry(line=2, kind=Kind.FUNCTION, schema="public", name="greet", parent="", oid=16385, detail="")


class TestBodies:
    """An object's view is there before what it shows objects with."""

    async def test_what_was_chosen_before_is_asked_for_when_they_are_there(self) -> None:
        view = ObjectView()
        async with on_stage(view) as (stage, pilot):
            view.show(USERS, at_once=True)
            view.show(FUNCTION, at_once=True)
            await pilot.pause()
            assert stage.heard(ObjectView.Wanted) == []
            await view.furnish()
            await settled(pilot, lambda: bool(stage.heard(ObjectView.Wanted)))
            assert [(wanted.entry, wanted.tab) for wanted in stage.heard(ObjectView.Wanted)] == [(FUNCTION, DDL)]

    @pytest.mark.parametrize("tab", ["columns", DATA, DDL])
    async def test_keys_pressed_before_go_where_they_were_meant_to(self, tab: str) -> None:
        view = ObjectView()
        async with on_stage(view) as (stage, pilot):
            view.show(USERS, at_once=True)
            view.turn_to(tab)
            view.focus_body()
            assert stage.focused is None
            await view.furnish()
            await pilot.pause()
            assert stage.focused is {"columns": view.facts, DATA: view.rows.grid, DDL: view.ddl}[tab]

    async def test_they_come_once(self) -> None:
        view = ObjectView()
        async with on_stage(view):
            await view.furnish()
            first = view.rows
            await view.furnish()
            assert view.rows is first

    async def test_a_view_without_them_can_be_cleared(self) -> None:
        view = ObjectView()
        async with on_stage(view) as (stage, pilot):
            view.show(USERS)
            view.look_again()
            view.clear("Nothing here.")
            assert await view.cancel() is None
            await view.furnish()
            await pilot.pause()
            assert stage.heard(ObjectView.Wanted) == []
            assert view.to_copy() == ("", "")


class TestStyles:
    """What is styled once need not be styled again."""

    async def test_each_source_is_parsed_once(self, database: Target, monkeypatch: pytest.MonkeyPatch) -> None:
        """Textual asks for it twice at a start: for the theme, and for the first screen."""
        parsed = _parses(monkeypatch)
        async with driven(database) as console:
            await console.sees("PG 18")
        assert parsed
        assert [source for source, times in parsed.items() if times > 1] == []

    @pytest.mark.parametrize("place", OPENERS)
    async def test_a_first_sight_is_styled_in_full(self, database: Target, place: str) -> None:
        """Styling everything anew changes nothing."""
        async with driven(database, place=place) as console:
            await console.sees("1 Schema")
            await console.pilot.pause()
            before = dict(_styles(console))
            console.app.stylesheet.update(console.app.screen)
            assert dict(_styles(console)) == before

    async def test_another_theme_has_other_colours(self, database: Target) -> None:
        """What was parsed with the colours before is not taken for it."""
        async with driven(database) as console:
            await console.sees("PG 18")
            dark = console.app.screen.styles.background
            console.app.theme = LIGHT.name
            await console.pilot.pause()
            assert console.app.screen.styles.background != dark


class TestPaint:
    """What the program learns of a session is drawn where it stands, not all over."""

    async def test_a_note_paints_the_lines_that_show_it(self, database: Target) -> None:
        async with driven(database) as console:
            await console.sees("PG 18", "Schema ·")
            await console.rests()
            painted: list[object] = []
            screen = console.app.screen
            screen.refresh = lambda *_, **__: painted.append(1)  # type: ignore[method-assign, assignment, func-returns-value]
            console.app.aside = "building analyticase …"
            await console.sees("building analyticase …")
            assert not painted


def _parses(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[Any, ...]]:
    """Count what is parsed, by its text and scope, whatever asks for it."""
    counted: Counter[tuple[Any, ...]] = Counter()
    parse = stylesheet.parse

    def counting(scope: str, css: str, *rest: Any, **more: Any) -> Any:
        counted[scope, css, more.get("tie_breaker")] += 1
        return parse(scope, css, *rest, **more)

    monkeypatch.setattr(stylesheet, "parse", counting)
    return counted


def _styles(console: Driver) -> Iterator[tuple[DOMNode, str]]:
    for node in console.app.screen.walk_children(with_self=True):
        yield node, node.styles.css


class TestLeaving:
    @pytest.mark.parametrize("error", [MountError("not mounted yet"), NoMatches("gone already")])
    async def test_what_is_half_made_then_is_no_fault(self, database: Target, error: Exception) -> None:
        """Whoever leaves within the first half second: the screens are still being made."""
        async with driven(database) as console:
            console.app.exit(0)
            console.app._handle_exception(error)
        assert console.app.return_code == 0


LATER = (
    *("postgast", "console.migrations.running.runner", "console.migrations.rehearsal", "console.migrations.trial"),
    *("console.migrations.audit", "console.migrations.report", "console.migrations.preflight", "console.drift"),
    *("console.migrations.hazards", "console.catalog.ddl"),
)


def test_the_list_of_migrations_needs_nothing_that_runs_them() -> None:
    """Who presses 3 for the first time waits for what is imported: what a later key needs comes with that."""
    code = (
        "import sys, console.ui.screens.migrations.screen\n"
        f"sys.exit(', '.join(sorted(set({LATER!r}) & sys.modules.keys())) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
