"""The tree: what hangs from what, of any number of nodes, of which only the lines in sight are ever drawn."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from console.ui.widgets.line_view import LineView, Span
from console.ui.widgets.node_line import INDENT, aside_widths, node_line
from console.ui.widgets.outline import Node, Outline
from console.ui.widgets.parts import shown


class OutlineTree(LineView):
    """A tree with a cursor. Children are asked for when a node is unfolded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "go(0)", "First", show=False),
        Binding("end,G", "go(-1)", "Last", show=False),
        Binding("left,h", "fold", "Fold, or to the parent", show=False),
        Binding("right,l", "unfold", "Unfold, or to the first child", show=False),
        Binding("enter", "activate", "Open", show=False),
        Binding("space", "fold_or_unfold", "Fold or unfold", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | up, down, pageup, pagedown, home, end | Move the cursor. |
    | left, right | Fold or go to the parent; unfold or go to the first child. |
    | enter | Open: a message; folds or unfolds what stands for nothing. |
    | space | Fold or unfold. |
    """

    DEFAULT_CSS = """
    OutlineTree {
        height: 1fr;
        width: 1fr;
        overflow-x: hidden;
    }
    """

    roots: reactive[Sequence[Node]] = reactive[Sequence[Node]]((), init=False, always_update=True)
    """The nodes that hang from nothing. Setting them keeps the cursor and what is unfolded, by key."""

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The line, from 0, that the cursor stands on."""

    @dataclass
    class NodeChosen(Message):
        """The cursor stands on another node."""

        tree: OutlineTree
        node: Node

    @dataclass
    class NodeActivated(Message):
        """A person wants to open a node."""

        tree: OutlineTree
        node: Node

    def __init__(
        self,
        roots: Sequence[Node] = (),
        *,
        unfolded: Sequence[Hashable] = (),
        empty: str = "Nothing here.",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Create a tree with the nodes of these keys `unfolded`; `empty` is shown when there are none."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._outline = Outline(roots, unfolded)
        self.empty = empty
        self._aside_widths: tuple[int, ...] = ()
        self.set_reactive(OutlineTree.roots, roots)

    @property
    def node(self) -> Node | None:
        """The node the cursor stands on."""
        return self._outline.rows[self.cursor].node if self.cursor < len(self._outline) else None

    def reveal(self, path: Sequence[Hashable]) -> bool:
        """Unfold what lies along `path`, keys from a root on, and go to its end; False if there is no such node."""
        index = self._outline.reveal(path)
        self._lines_changed()
        if index is not None:
            self.cursor = index
        return index is not None

    def unfold(self, keys: Iterable[Hashable]) -> None:
        """Unfold the nodes with these keys, also those that come later."""
        self._outline.remember(keys)
        self._outline.replace(self.roots)
        self._lines_changed()

    def on_mount(self) -> None:
        """Measure the nodes the tree was made with."""
        self._lines_changed()

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        self._lines_changed()

    def watch_roots(self, roots: Sequence[Node]) -> None:
        """Show other nodes, with the cursor on the node it was on, or near where that was."""
        key = self.node.key if self.node else None
        self._outline.replace(roots)
        index = self._outline.find(key)
        self._lines_changed()
        self.cursor = self.cursor if index is None else index

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line that is there."""
        return max(0, min(cursor, len(self._outline) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two lines that changed and tell who wants to know."""
        self.refresh_lines(old)
        self.refresh_lines(new)
        self._follow()
        if self.node is not None:
            self.post_message(self.NodeChosen(self, self.node))

    def render_line(self, y: int) -> Strip:
        """Draw the node on a line."""
        index = self.scroll_offset.y + y
        room = self.face.width
        if index >= len(self._outline):
            return self.paint(Span(shown(f" {self.empty}", "faint") if index == 0 else ()), room=room)
        row = self._outline.rows[index]
        line = node_line(row, self._aside_widths, room, unfolded=self._outline.is_unfolded(row.node))
        return self.paint(Span(line, "line--cursor" if index == self.cursor else ""), room=room)

    def on_click(self, event: Click) -> None:
        """Choose a node; fold or unfold it by its arrow or a second click."""
        offset = event.get_content_offset(self)
        if offset is None or (index := self.scroll_offset.y + offset.y) >= len(self._outline):
            return
        self.cursor = index
        arrow = self._outline.rows[index].depth * INDENT
        if arrow <= offset.x <= arrow + 1:
            self.action_fold_or_unfold()
        elif event.chain == 2:
            self.action_activate()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self.cursor += lines

    def action_page(self, pages: int) -> None:
        """Move the cursor by a page."""
        self.cursor += pages * max(1, self.face.height - 1)

    def action_go(self, index: int) -> None:
        """Go to the first line, or with -1 to the last."""
        self.cursor = index if index >= 0 else len(self._outline) - 1

    def action_fold(self) -> None:
        """Fold the node, or go to its parent."""
        if self.node is None:
            return
        if self._outline.is_unfolded(self.node):
            self._outline.fold(self.cursor)
            self._lines_changed()
        elif (parent := self._outline.parent(self.cursor)) is not None:
            self.cursor = parent

    def action_unfold(self) -> None:
        """Unfold the node, or go to its first child."""
        if self.node is None or self.node.children is None:
            return
        if not self._outline.is_unfolded(self.node):
            self._outline.unfold(self.cursor)
            self._lines_changed()
        elif self._outline.end(self.cursor) > self.cursor + 1:
            self.cursor += 1

    def action_fold_or_unfold(self) -> None:
        """Fold or unfold the node."""
        if self.node is not None and self._outline.is_unfolded(self.node):
            self.action_fold()
        else:
            self.action_unfold()

    def action_activate(self) -> None:
        """Ask to open the node; one that stands for nothing is unfolded, or folded again."""
        if self.node is None:
            return
        if self.node.subject is None:
            self.action_fold_or_unfold()
        self.post_message(self.NodeActivated(self, self.node))

    def _lines_changed(self) -> None:
        rows = self._outline.rows
        self._aside_widths = aside_widths(rows)
        self.virtual_size = Size(self.face.width, len(rows))
        self.refresh()
        self._follow()

    def _follow(self) -> None:
        height = self.face.height
        if height:
            y = max(min(self.scroll_offset.y, self.cursor), self.cursor - height + 1)
            self.scroll_to(y=y, animate=False, force=True)
