"""What routines speak of in bodies that the server does not look into: wishes for an order, never needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.catalog.ddl.scene import Scene
from console.catalog.model import Key, Object, Routine

_WORD = re.compile(r"[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*")


def wishes(scene: Scene, made: Object) -> Iterator[Key]:
    """Return the objects whose names stand in a routine's source, though they may be a variable's there."""
    if not isinstance(made, Routine) or made.sql_body or made.language not in ("sql", "plpgsql"):
        return
    for word in set(_WORD.findall(made.source)):
        for key in scene.named.get(word, ()):
            if key != made.key:
                yield key
