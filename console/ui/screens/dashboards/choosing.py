"""What is chosen for a dashboard: its period, what else it is about, and how often it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical

from console.dashboards import parameters, periods
from console.dashboards.definition import Dashboard, Parameter
from console.errors import ConsoleError
from console.text import sanitize
from console.ui.commanding import Commanding
from console.ui.screens.ask import Ask
from console.ui.screens.choose import Choose
from console.ui.screens.dashboards.saying import interval, label, others_of, period_of

if TYPE_CHECKING:
    from console.dashboards.reading.polling import Poller
    from console.dashboards.reading.reader import Reader

_USUAL = (2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0)  # seconds


class Choosing(Commanding, Vertical):
    """A board on which things are chosen; what it is made of is the board's."""

    dashboard: Dashboard | None
    chosen: dict[str, str]
    labels: dict[str, tuple[tuple[str, str], ...]]
    reader: Reader | None
    poller: Poller | None

    def choose(self, chosen: Mapping[str, str]) -> None:
        """Show something else; the board does."""
        raise NotImplementedError

    def said_anew(self) -> None:
        """Say anew what was chosen; the board does."""
        raise NotImplementedError

    @work(group="asking")
    async def do_period(self) -> None:
        """Ask for a period."""
        assert self.dashboard is not None
        period = period_of(self.dashboard)
        assert period is not None
        await self._ask(self.dashboard, period)

    @work(group="asking")
    async def do_filter(self) -> None:
        """Ask for what the dashboard is about; which of several first."""
        dashboard = self.dashboard
        assert dashboard is not None
        others = others_of(dashboard)
        which: str | None = "0"
        if len(others) > 1:
            words = [f"{each.title}: {label(each, self.chosen[each.id], self._offered(each))}" for each in others]
            which = await self.app.push_screen_wait(Choose("Show only", _numbered(words)))
        if which is not None and self.dashboard is dashboard:
            await self._ask(dashboard, others[int(which)])

    @work(group="asking")
    async def do_every(self) -> None:
        """Ask how often it is read."""
        assert self.dashboard is not None
        assert self.poller is not None
        own = self.dashboard.refresh
        words = ["as the dashboard says", *(f"every {interval(each)}" for each in _USUAL), "by hand: r"]
        explain = f"The dashboard says {f'every {interval(own)}' if own else 'by hand'}; some panels have their own."
        now = self.poller.refresh
        ways = (None, *_USUAL, 0.0)
        chosen = str(ways.index(now)) if now in ways else None
        asked = Choose("How often", _numbered(words), explain=explain, chosen=chosen)
        which = await self.app.push_screen_wait(asked)
        if which is not None and self.poller is not None:
            self.poller.every(ways[int(which)])

    def why_not_period(self) -> str | None:
        """Not every dashboard has one."""
        if self.dashboard is None:
            return "No dashboard is open."
        return None if period_of(self.dashboard) is not None else "This dashboard has no period."

    def why_not_filter(self) -> str | None:
        """Not every dashboard has something to choose."""
        if self.dashboard is None:
            return "No dashboard is open."
        return None if others_of(self.dashboard) else "There is nothing to choose on this dashboard."

    def why_not_every(self) -> str | None:
        """There has to be one."""
        return None if self.dashboard is not None else "No dashboard is open."

    @work(group="labels", exclusive=True, description="Reading what may be chosen.")
    async def read_labels(self, reader: Reader, dashboard: Dashboard) -> None:
        """Read how the values that were chosen are called, where the database knows it."""
        for each in others_of(dashboard):
            if each.sql and self.chosen[each.id]:
                await self._offer(reader, each)
        if self.reader is reader:
            self.said_anew()

    async def _ask(self, dashboard: Dashboard, parameter: Parameter) -> None:
        """Ask for the value of one parameter, and take it."""
        if parameter.kind in ("text", "number"):
            value = await self._typed(parameter, "Empty shows all.")
        else:
            value = await self._picked(parameter)
        if value is None or self.dashboard is not dashboard or value == self.chosen[parameter.id]:
            return
        try:
            self.choose(parameters.chosen(dashboard, {**self.chosen, parameter.id: value}))
        except ConsoleError as error:
            self.say_error(error)

    async def _picked(self, parameter: Parameter) -> str | None:
        assert self.reader is not None
        await self._offer(self.reader, parameter)
        is_period = parameter.kind == "period"
        offered = self._offered(parameter)
        values = [value for value, _ in offered]
        if not is_period and "" not in values:
            values = ["", *values]
        words = [label(parameter, value, offered) for value in values]
        more = ["another …"] if is_period else []
        now = self.chosen[parameter.id]
        chosen = str(values.index(now)) if now in values else None
        asked = Choose(_title(parameter), _numbered([*words, *more]), chosen=chosen)
        which = await self.app.push_screen_wait(asked)
        if which is None:
            return None
        if int(which) < len(values):
            return values[int(which)]
        return await self._typed(parameter, periods.WORDS)

    async def _typed(self, parameter: Parameter, explain: str) -> str | None:
        asked = Ask(_title(parameter), value=self.chosen[parameter.id], explain=explain)
        return await self.app.push_screen_wait(asked)

    async def _offer(self, reader: Reader, parameter: Parameter) -> None:
        """Learn what may be chosen; what cannot be read is said, and what the file offers stays."""
        if not parameter.sql:
            return
        try:
            found = await reader.choices(parameter)
        except ConsoleError as error:
            self.say_error(error)
            return
        if self.reader is reader:
            self.labels[parameter.id] = found

    def _offered(self, parameter: Parameter) -> tuple[tuple[str, str], ...]:
        return self.labels.get(parameter.id, parameter.choices)


def _title(parameter: Parameter) -> str:
    return sanitize(parameter.title).capitalize()


def _numbered(words: list[str]) -> list[tuple[str, str]]:
    """Return choices whose keys are their places: a value may be any text, and a key may not."""
    return [(str(place), each) for place, each in enumerate(words)]
