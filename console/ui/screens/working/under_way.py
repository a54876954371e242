"""One piece of work at a time: whether it is under way, the panel that shows it, and how it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from textual.css.query import NoMatches
from textual.worker import Worker

from console.errors import ConsoleError
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.working.panel import RunPanel

_STOPPING = "The server is told to stop; the panel says how it ended once it has."


class UnderWay:
    """What a screen, or a part of one, knows of the work it has begun. Mixed into a widget that holds a `RunPanel`."""

    under_way: Worker[None] | None = None

    @property
    def panel(self) -> RunPanel:
        """What happens while something runs, and how it ended."""
        found: RunPanel = self.query_one(RunPanel)  # type: ignore[attr-defined]
        return found

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self.under_way is not None and not self.under_way.is_finished

    def stop_work(self) -> bool:
        """Cancel what is under way, and tell whether it goes on until the server has heard of it."""
        assert self.under_way is not None
        self.under_way.cancel()
        return not self.under_way.is_finished

    def why_busy(self) -> str | None:
        """Say why nothing else can be begun."""
        return "Something is under way; ctrl+c stops it." if self.busy else None


class WorkingScreen(UnderWay, ConsoleScreen):
    """A screen with a panel of what is under way."""

    async def stop(self) -> bool | str | None:
        """Stop what is under way: the server is told, and the panel says what the state is when it has answered."""
        if not self.busy:
            return await super().stop()
        return _STOPPING if self.stop_work() else None

    @contextmanager
    def shown(self, what: str) -> Iterator[RunPanel]:
        """Give the panel to work that begins; it says how that ended when it failed, or was stopped without a word."""
        panel = self.panel
        panel.begin(what)
        self.refresh_keys()
        try:
            yield panel
        except ConsoleError as error:
            panel.fail(error)
        except asyncio.CancelledError:
            panel.end("stopped", well=False)
            raise
        finally:
            with suppress(NoMatches):  # who leaves takes the lines away while the server is still waited for
                self.refresh_keys()
