"""A tree as the flat list of the lines one can see: what is unfolded, what hangs from what, what a change does."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """Something in a tree.

    `key` is the same for the same thing whenever the tree is made anew, and unlike that of any other node. `name` is
    followed by `detail` in a faint tone; `asides` (a count, a size) stand in columns at the right edge, the most
    important last. `children` is called when the node is unfolded, and only then; None means it has none. `subject` is
    what the node stands for, for whoever made it.
    """

    key: Hashable
    name: str
    glyph: str = ""
    tone: str = ""
    detail: str = ""
    asides: tuple[str, ...] = ()
    children: Callable[[], Sequence[Node]] | None = field(default=None, compare=False)
    subject: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A node on its line, `depth` steps below the roots."""

    node: Node
    depth: int


class Outline:
    """The lines of a tree. Which nodes are unfolded is remembered by key, also when the nodes are replaced."""

    def __init__(self, roots: Sequence[Node] = (), unfolded: Sequence[Hashable] = ()) -> None:
        """Hold a tree with these nodes unfolded."""
        self._unfolded = set(unfolded)
        self.rows: list[Row] = []
        self.replace(roots)

    def __len__(self) -> int:
        return len(self.rows)

    def replace(self, roots: Sequence[Node]) -> None:
        """Hold other nodes, and unfold those whose keys were unfolded."""
        self.rows = list(self._lines(roots, 0))

    def remember(self, keys: Iterable[Hashable]) -> None:
        """Take the nodes with these keys for unfolded from the next `replace` on."""
        self._unfolded.update(keys)

    def is_unfolded(self, node: Node) -> bool:
        """Return whether the children of `node` are shown."""
        return node.children is not None and node.key in self._unfolded

    def unfold(self, index: int) -> None:
        """Show the children of the node at `index`, and what was unfolded below them before."""
        row = self.rows[index]
        if row.node.children is None or row.node.key in self._unfolded:
            return
        self._unfolded.add(row.node.key)
        self.rows[index + 1 : index + 1] = self._lines(row.node.children(), row.depth + 1)

    def fold(self, index: int) -> None:
        """Hide what is below the node at `index`."""
        self._unfolded.discard(self.rows[index].node.key)
        del self.rows[index + 1 : self.end(index)]

    def end(self, index: int) -> int:
        """Return the index behind the last line below `index`."""
        depth = self.rows[index].depth
        end = index + 1
        while end < len(self.rows) and self.rows[end].depth > depth:
            end += 1
        return end

    def parent(self, index: int) -> int | None:
        """Return the index of the node that the one at `index` hangs from."""
        depth = self.rows[index].depth
        return next((above for above in range(index - 1, -1, -1) if self.rows[above].depth < depth), None)

    def find(self, key: Hashable, first: int = 0) -> int | None:
        """Return the index of the visible node with this key, from the line `first` on."""
        return next((index for index in range(first, len(self.rows)) if self.rows[index].node.key == key), None)

    def reveal(self, path: Sequence[Hashable]) -> int | None:
        """Unfold the nodes along `path`, keys from a root on, and return the index of the last; None if it is gone."""
        index: int | None = None
        for depth, key in enumerate(path):
            index = self.find(key, 0 if index is None else index + 1)
            if index is None:
                return None
            if depth < len(path) - 1:
                self.unfold(index)
        return index

    def _lines(self, nodes: Sequence[Node], depth: int) -> Iterator[Row]:
        for node in nodes:
            yield Row(node, depth)
            if node.children is not None and node.key in self._unfolded:
                yield from self._lines(node.children(), depth + 1)
