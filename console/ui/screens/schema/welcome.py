"""The words beside the tree before anything is chosen: what is there, and how to get at it.

What is counted is a person's own; how much belongs to extensions is said in one number.
"""

from __future__ import annotations

from collections import Counter

from console.catalog.entries import Entry, Outline
from console.catalog.key import Kind
from console.catalog.system import Standing
from console.text import count
from console.text import plural as number
from console.ui.screens.schema.nodes import plural

_TOLD = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FUNCTION, Kind.TYPE, Kind.SEQUENCE, Kind.EXTENSION)


def words(outline: Outline) -> str:
    """Return what a database holds, and the first keys."""
    own = [schema for schema in outline.schemas if _is_own(outline, schema)]
    held: Counter[Kind] = Counter()
    for place in (*own, None):
        held.update(dict(outline.kinds(place)))
    told = [f"{held[kind]:6,}  {kind if held[kind] == 1 else plural(kind)}" for kind in _TOLD if held[kind]]
    nothing = "" if told else "There is nothing in it yet; 3 goes to the migrations."
    head = f"{count(outline.own)} objects in {number(len(own), 'schema')}{_of_extensions(outline)}"
    return "\n".join([head, "", *told, nothing, "", "↑ ↓ move · enter open · / find anything · ? help"])


def _is_own(outline: Outline, schema: Entry) -> bool:
    return outline.standing(schema.name) is Standing.USER and not schema.extension


def _of_extensions(outline: Outline) -> str:
    return f" + {count(outline.of_extensions)} of extensions" if outline.of_extensions else ""
