"""What a person chooses for a chart: its kind, what its columns mean, how rows are gathered, the unit."""

from __future__ import annotations

from dataclasses import replace

from textual import work

from console.dashboards.charting.chart import GATHERED, Chart, Gather
from console.dashboards.charting.proposing import gathered
from console.ui.screens.ask import Ask
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.charting import asking
from console.ui.screens.charting.reading import Charted
from console.ui.screens.choose import Choose

_ANOTHER = "another"


class ChoosingScreen(ConsoleScreen):
    """A screen with a chart on which things are chosen; reading and drawing are the chart's screen's."""

    charted: Charted | None
    chart: Chart | None

    def draw(self, chart: Chart) -> None:
        """Read and draw a chart; the screen does."""
        raise NotImplementedError

    @work(group="asking")
    async def do_kind(self) -> None:
        """Ask for a kind, of those that these columns can be drawn as."""
        assert self.charted is not None
        assert self.chart is not None
        found = self.charted.charts
        named = [(str(each.kind), str(each.kind)) for each in found]
        kind = await self.app.push_screen_wait(Choose("Draw as", named, chosen=str(self.chart.kind)))
        chosen = next((each for each in found if each.kind == kind), None)
        if chosen is not None and chosen.kind is not self.chart.kind:
            self.draw(chosen)

    @work(group="asking")
    async def do_columns(self) -> None:
        """Ask what a column is chosen for, then for the column."""
        chart = self.chart
        assert chart is not None
        assert self.charted is not None
        meaning = await self._meaning(chart)
        if meaning is None:
            return
        choices = asking.columns(chart, meaning, self.charted.rows)
        words = [(str(place), ", ".join(each) or "none") for place, each in enumerate(choices)]
        chosen = asking.place_now(chart, meaning, choices)
        which = await self.app.push_screen_wait(Choose(meaning.capitalize(), words, chosen=str(chosen)))
        if which is not None:
            self.draw(asking.with_column(chart, meaning, choices[int(which)]))

    @work(group="asking")
    async def do_gather(self) -> None:
        """Ask what is made of several rows, and what their times are cut to."""
        chart, charted = self.chart, self.charted
        assert chart is not None
        assert charted is not None
        ways = [(each.name, str(each)) for each in Gather]
        way = await self.app.push_screen_wait(Choose("Of several rows", ways, chosen=chart.gather.name))
        if way is None:
            return
        found = gathered(chart, Gather[way], charted.rows)
        if found is None:
            self.say("There is no number here; rows can be counted.")
            return
        steps = asking.steps(found, charted.source.times)
        if steps:
            words = [(str(place), f"a {each}" if each else "times as they are") for place, each in enumerate(steps)]
            step = await self.app.push_screen_wait(Choose("Times", words, chosen=str(steps.index(found.step))))
            if step is None:
                return
            found = replace(found, step=steps[int(step)])
        self.draw(found)

    @work(group="asking")
    async def do_unit(self) -> None:
        """Ask for a unit."""
        assert self.chart is not None
        now = self.chart.unit
        words = [(str(place), each or "none") for place, each in enumerate(asking.UNITS)]
        chosen = str(asking.UNITS.index(now)) if now in asking.UNITS else _ANOTHER
        which = await self.app.push_screen_wait(Choose("Unit", [*words, (_ANOTHER, "another …")], chosen=chosen))
        if which is None:
            return
        unit: str | None = asking.UNITS[int(which)] if which != _ANOTHER else None
        if unit is None:
            explain = "What stands behind each number: rows, calls, €."
            unit = await self.app.push_screen_wait(Ask("Unit", value=now, explain=explain))
        if unit is not None:
            self.draw(replace(self.chart, unit=unit))

    def why_not_kind(self) -> str | None:
        """It takes rows that were looked at."""
        return None if self.chart is not None else "Nothing was read yet."

    def why_not_columns(self) -> str | None:
        """Some kinds show all columns."""
        if self.chart is not None and not asking.meanings(self.chart):
            return f"A {self.chart.kind} has no columns to choose here."
        return self.why_not_kind()

    def why_not_gather(self) -> str | None:
        """Some kinds show each row."""
        if self.chart is not None and self.chart.kind not in GATHERED:
            return f"A {self.chart.kind} shows each row."
        return self.why_not_kind()

    def why_not_unit(self) -> str | None:
        """It takes numbers."""
        if self.chart is not None and not asking.has_unit(self.chart):
            return f"A {self.chart.kind} has no unit here."
        return self.why_not_kind()

    async def _meaning(self, chart: Chart) -> str | None:
        meanings = asking.meanings(chart)
        if len(meanings) == 1:
            return meanings[0]
        words = [(each, f"{each}: {asking.now(chart, each) or 'none'}") for each in meanings]
        return await self.app.push_screen_wait(Choose("Columns", words, chosen=meanings[0]))
