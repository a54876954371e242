"""A compact table of everything that has a name: one line an object, kept in columns of plain numbers and one text.

Ten thousand tables with a hundred thousand columns are two hundred thousand lines; as Python objects they would take
sixty megabytes, in this form about six. A line's text is its name in the form that search compares (casefolded), where
a line feed and a backslash are escaped; names that differ from that form are kept beside it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.catalog.key import Kind

KINDS = tuple(Kind)
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
NOBODY = 0xFFFFFFFF


@dataclass(slots=True)
class Lines:
    """The columns of the table. `parents` are the line of the relation or schema, NOBODY for none.

    `names` begins and ends with a line feed; line `i` is `names[starts[i]:starts[i + 1] - 1]`. `details` are places
    in `texts`. Only builders add lines.
    """

    names: bytearray = field(default_factory=lambda: bytearray(b"\n"))
    starts: array[int] = field(default_factory=lambda: array("I", [1]))
    kinds: bytearray = field(default_factory=bytearray)
    parents: array[int] = field(default_factory=lambda: array("I"))
    oids: array[int] = field(default_factory=lambda: array("I"))
    details: array[int] = field(default_factory=lambda: array("I"))
    texts: list[str] = field(default_factory=lambda: [""])
    originals: dict[int, str] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=lambda: {"": 0})

    def __len__(self) -> int:
        return len(self.kinds)

    def place(self, text: str) -> int:
        """Return the place of a detail text, which is kept once."""
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self.texts)
            self.texts.append(text)
        return place

    def add(self, kind: Kind, oid: int, parent: int, name: str, detail: int = 0) -> int:
        """Append a line and return its number."""
        return self.add_escaped(_NUMBER[kind], oid, parent, escape(name), detail)

    def add_escaped(self, kind: int, oid: int, parent: int, name: str, detail: int) -> int:
        """Append a line whose kind is a place in KINDS and whose name is escaped already."""
        line = len(self.kinds)
        folded = name.casefold()
        if folded != name:
            self.originals[line] = name
        self.names += folded.encode("utf-8", "surrogatepass")
        self.names += b"\n"
        self.starts.append(len(self.names))
        self.kinds.append(kind)
        self.parents.append(parent)
        self.oids.append(oid)
        self.details.append(detail)
        return line

    def at(self, position: int) -> int:
        """Return the line to which a position in `names` belongs."""
        return bisect_right(self.starts, position) - 1

    def name(self, line: int) -> str:
        """Return the name of a line as the database has it."""
        kept = self.originals.get(line)
        if kept is None:
            kept = self.folded(line)
        return unescape(kept)

    def folded(self, line: int) -> str:
        """Return the name of a line as search compares it."""
        return self.names[self.starts[line] : self.starts[line + 1] - 1].decode("utf-8", "surrogatepass")

    def kind(self, line: int) -> Kind:
        """Return the kind of a line."""
        return KINDS[self.kinds[line]]

    def detail(self, line: int) -> str:
        """Return what stands beside the name: a type, a signature, a sort."""
        return self.texts[self.details[line]]

    def ancestors(self, line: int) -> Iterator[int]:
        """Iterate over the lines above, the nearest first."""
        while (line := self.parents[line]) != NOBODY:
            yield line


def number(kind: Kind) -> int:
    """Return the place of a kind in KINDS."""
    return _NUMBER[kind]


def escape(name: str) -> str:
    r"""Write a name on one line.

    >>> escape("a\nb\\c")
    'a\\nb\\\\c'
    """
    return name.replace("\\", "\\\\").replace("\n", "\\n") if "\\" in name or "\n" in name else name


def unescape(line: str) -> str:
    r"""Undo `escape`.

    >>> unescape(escape("a\\n\nb\\"))
    'a\\n\nb\\'
    """
    if "\\" not in line:
        return line
    parts = line.split("\\\\")
    return "\\".join(part.replace("\\n", "\n") for part in parts)
