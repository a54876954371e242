"""What is decided of each object, before anything is put in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.catalog.model import Key
from console.drift.ordering.pieces import Piece


@dataclass(eq=False)
class Decision:
    """What goes, what comes (an object made anew does both), and how what stays is altered.

    `gone` and `come` hold columns too. `aside` are types that columns still have when the new one comes. `around` are
    pairs of columns: the type of the first is left before that of the second changes, and taken up behind it. `because`
    says of an object made anew for whose sake.
    """

    gone: set[Key] = field(default_factory=set)
    come: set[Key] = field(default_factory=set)
    altered: dict[Key, tuple[Piece, ...]] = field(default_factory=dict)
    aside: set[Key] = field(default_factory=set)
    around: set[tuple[Key, Key]] = field(default_factory=set)
    because: dict[Key, Key] = field(default_factory=dict)

    def anew(self, key: Key) -> bool:
        """Tell whether something is dropped and made again."""
        return key in self.gone and key in self.come
