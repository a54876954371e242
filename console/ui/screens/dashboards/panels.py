"""The panels of a dashboard, where its layout has them; one of them alone when a person wants to see more of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.events import DescendantFocus, Resize
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget

from console.dashboards.definition import Dashboard
from console.dashboards.fits import Fit
from console.ui.screens.dashboards import geometry
from console.ui.screens.dashboards.panel_view import PanelView

NARROW = 100  # columns of the terminal below which panels stand one below the other


class Panels(VerticalScroll, can_focus=False):
    """Panel views, by the layout of their dashboard for this width."""

    DEFAULT_CSS = """
    Panels {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
    }
    """

    @dataclass
    class Seen(Message):
        """Other panels are in sight."""

    def __init__(self) -> None:
        """Hold no panels yet."""
        super().__init__()
        self.dashboard: Dashboard | None = None
        self.zoomed: PanelView | None = None
        self.views: dict[str, PanelView] = {}
        self.seen: tuple[str, ...] = ()
        self._last: PanelView | None = None
        self._cells = Cells()

    async def hold(self, dashboard: Dashboard, fit: Fit) -> None:
        """Hold the panels of another dashboard."""
        lacking = dict(fit.panels)
        await self.remove_children()
        self.dashboard, self.zoomed, self.seen, self._last = dashboard, None, (), None
        self.views = {name: PanelView(panel, lacking.get(name, ())) for name, panel in dashboard.panels.items()}
        self.scroll_home(animate=False, immediate=True)
        await self.mount(*self.views.values())
        self.call_after_refresh(self.look)

    @property
    def layout(self) -> Layout:
        """By cells, whatever a style sheet says."""
        return self._cells

    @property
    def current(self) -> PanelView | None:
        """The panel that has the keys, or had them last."""
        return self.zoomed or self._last

    @property
    def first(self) -> PanelView | None:
        """The panel in the upper left corner."""
        boxes = self.boxes(self.size)
        return self.views[min(boxes, key=lambda name: (boxes[name].y, boxes[name].x))] if boxes else None

    def zoom(self, view: PanelView | None) -> None:
        """Show one panel alone, or all of them again."""
        back, self.zoomed = self.zoomed, view
        for each in self.views.values():
            each.display = view in (None, each)
        self.refresh(layout=True)
        self.call_after_refresh(self._settle, back if view is None else view)

    def boxes(self, size: Size) -> dict[str, Region]:
        """Return where each panel stands in a room of this size."""
        dashboard = self.dashboard
        if dashboard is None:
            return {}
        if self.zoomed is not None:
            return {self.zoomed.panel.id: Region(0, 0, *size)}
        rows = dashboard.narrow if self.app.size.width < NARROW else dashboard.layout
        return geometry.regions(rows, dashboard.panels, *size)

    def go(self, view: PanelView, right: int, down: int) -> None:
        """Give the keys to the panel beside one; where there is none above or below, scroll."""
        boxes = self.boxes(self.size)
        found = geometry.neighbour(boxes, view.panel.id, right, down) if view.panel.id in boxes else None
        if found is not None:
            self.screen.set_focus(self.views[found])
        elif down:
            self.scroll_relative(y=down, animate=False)

    def look(self) -> None:
        """Tell which panels are in sight, when these are others than before."""
        shown = self.content_region if self.is_on_screen else Region()
        seen = tuple(name for name, view in self.views.items() if view.display and view.region.overlaps(shown))
        if seen != self.seen:
            self.seen = seen
            self.post_message(self.Seen())

    def on_resize(self, event: Resize) -> None:
        """Other panels may be in sight."""
        self.call_after_refresh(self.look)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other panels may be in sight."""
        super().watch_scroll_y(old_value, new_value)
        self.call_after_refresh(self.look)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember which panel has the keys."""
        if isinstance(event.widget, PanelView):
            self._last = event.widget

    def _settle(self, view: PanelView | None) -> None:
        if view is not None and view.is_attached:
            self.scroll_to_widget(view, animate=False)
        self.look()


class Cells(Layout):
    """Puts panels where `Panels.boxes` says."""

    name = "cells"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return where each child stands."""
        assert isinstance(parent, Panels)
        return list(_placements(parent, children, size))


def _placements(parent: Panels, children: Iterable[Widget], size: Size) -> Iterable[WidgetPlacement]:
    boxes = parent.boxes(size)
    for child in children:
        if isinstance(child, PanelView) and child.panel.id in boxes:
            yield WidgetPlacement(boxes[child.panel.id], NULL_OFFSET, NULL_SPACING, child)
