"""From object to object: by the tree, by finding, along a line, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from console.catalog.entries import Entry
from console.catalog.key import Kind
from console.ui.screens.schema import nodes
from console.ui.screens.schema.state import SchemaState
from console.ui.screens.schema.tabs import DATA, tab_of_part
from console.ui.screens.schema.view import ObjectView
from console.ui.widgets.outline_tree import OutlineTree

if TYPE_CHECKING:
    from console.ui.screens.schema.rows import RowsPane


class GoingScreen(SchemaState):
    """What is chosen in the tree is shown beside it; where a line leads is revealed in the tree."""

    async def action_command(self, command_id: str) -> None:
        """Run a command for the object under the cursor, also when keys came faster than messages."""
        node = self.outline_tree.node if self.outline_tree.has_focus else None
        entry = node.subject if node is not None else None
        if isinstance(entry, Entry) and entry != self.chosen:
            self.show_entry(entry)
        await super().action_command(command_id)

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Show the object under the cursor beside the tree."""
        if isinstance(message.node.subject, Entry):
            self.show_entry(message.node.subject)

    def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Open the object under the cursor; a schema is unfolded."""
        entry = message.node.subject
        if not isinstance(entry, Entry):
            return
        if entry.kind is Kind.SCHEMA:
            self.outline_tree.action_fold_or_unfold()
            return
        self.show_entry(entry, at_once=True)
        self.view.focus_body()

    def on_object_view_followed(self, message: ObjectView.Followed) -> None:
        """Go where a line leads: to another object, or show its text in full."""
        lead = message.lead
        if not lead.oid:
            from console.ui.screens.schema.definition import Definition

            self.app.push_screen(Definition(lead))
            return
        entry = nodes.at(self.outline, lead.kind, lead.oid) if self.outline is not None else None
        if entry is None:
            self.say(f"{lead.title} is not in the tree: it belongs to the system, or is new; r reads the schema again.")
        elif self.view.entry is not None:
            self.before.append(self.view.entry)
            self.go(entry)

    def on_rows_pane_shown(self, message: RowsPane.Shown) -> None:
        """Follow in the tree when rows of another relation are shown."""
        entry = self._relation(message.schema, message.name)
        shown = self.view.entry
        if entry is not None and shown is not None and (entry.schema, entry.name) != (shown.schema, shown.name):
            self._reveal(entry)
            self.view.show(entry, tab=DATA, at_once=True)
        self.refresh_keys()

    @work(group="asking")
    async def do_find(self) -> None:
        """Find an object, and go there; words may be typed before the names are read."""
        from console.ui.screens.schema.find import Find

        self.finding = Find(self.outline)
        entry = await self.app.push_screen_wait(self.finding)
        self.finding = None
        if entry is not None:
            self.outline_tree.focus()
            self.go(entry)

    def do_back(self) -> None:
        """Go back to the object from which a line was followed."""
        self.go(self.before.pop())

    def why_not_back(self) -> str | None:
        """Going back needs to have come from somewhere."""
        return None if self.before else "No line was followed."

    def show_entry(self, entry: Entry, *, at_once: bool = False) -> None:
        """Show an object; a part of a relation is shown in the relation's list."""
        assert self.outline is not None
        self.chosen = entry
        if not entry.parent:
            self.view.show(entry, at_once=at_once)
            return
        relation = self.outline.entry(self.outline.lines.parents[entry.line])
        self.view.show(relation, tab=tab_of_part(entry.kind), row=entry.name, at_once=at_once)

    def go(self, entry: Entry) -> None:
        """Go to an object, in the tree as well."""
        self._reveal(entry)
        self.show_entry(entry, at_once=True)

    def _reveal(self, entry: Entry) -> None:
        assert self.outline is not None
        with self.outline_tree.prevent(OutlineTree.NodeChosen):
            self.outline_tree.reveal(nodes.path(self.outline, entry))

    def _relation(self, schema: str, name: str) -> Entry | None:
        return self.outline.find_relation(schema, name) if self.outline is not None else None
