"""The list of dashboards as lines, and what there is to know of one; pure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from console.dashboards.definition import Dashboard, Need, Origin, Parameter
from console.dashboards.files.finding import Broken
from console.dashboards.fits import Fit, why_not
from console.dashboards.offers import Offer
from console.text import plural, sanitize, width
from console.ui.commanding import in_words
from console.ui.screens.dashboards.saying import every
from console.ui.widgets.outline import Node
from console.ui.widgets.papers import section
from console.ui.widgets.parts import Part

_TONES = {"✗": "bad", "–": "faint", "✓": "good", "─": "head"}
_LONGEST = 24  # cells of a title after which the others stand in a column


def nodes(known: Iterable[Offer]) -> list[Node]:
    """Return a line for each dashboard: whether it fits, its title, what it is about or why it does not fit."""
    listed = list(known)
    wide = min(max((width(sanitize(name(each))) for each in listed), default=0), _LONGEST)
    return [_node(each, wide) for each in listed]


def _node(offer: Offer, wide: int) -> Node:
    each, called = offer.found, sanitize(name(offer))
    called += " " * (wide - width(called) + 1)
    asides = () if each.origin is Origin.SHIPPED else (each.origin.value,)
    if isinstance(each, Broken):
        why = offer.reason.removeprefix(f"{each.path.parent}{os.sep}")  # the folder stands on the right
        return Node(each.id, called, "✗", "bad", sanitize(why), asides, subject=offer)
    glyph, tone = ("✓", "good") if offer.ok else ("–", "faint")
    detail = each.description if offer.ok else offer.reason
    return Node(each.id, called, glyph, tone, sanitize(detail), asides, subject=offer)


def head(known: Sequence[Offer]) -> str:
    """Say in a few words how many there are."""
    fitting = sum(each.ok for each in known)
    return f"Dashboards · {fitting} of {len(known)} fit" if known else "Dashboards"


def name(offer: Offer) -> str:
    """Return what a dashboard is called."""
    return offer.found.title if isinstance(offer.found, Dashboard) else offer.found.id


def about(offer: Offer) -> str:
    """Return what there is to know of a dashboard before it is opened."""
    each, fit = offer.found, offer.fit
    if isinstance(each, Broken):
        return f"✗ {in_words(each.error)}"
    sections = {
        "Panels": [_panel(each, name, fit) for name in each.panels],
        "To choose": [_parameter(parameter) for parameter in each.parameters],
        "Needed": [_need(need, fit) for need in each.requires],
        "Read": [every(each, None)],
        "File": [str(each.path)] if each.path is not None else [],
    }
    said = "✓ enter opens it" if offer.ok else f"– does not fit here: {fit.reason}"
    parts = (each.description, said, *(section(title, lines) for title, lines in sections.items()))
    return "\n\n".join(part for part in parts if part)


def _panel(each: Dashboard, name: str, fit: Fit) -> str:
    panel, missing = each.panels[name], dict(fit.panels).get(name, ())
    return f"– {panel.title}: {why_not(missing)}" if missing else panel.title


def _parameter(parameter: Parameter) -> str:
    known = f" ({plural(len(parameter.choices), 'choice')})" if parameter.choices else ""
    return f"{parameter.title}: {parameter.default or 'all'}{known}"


def _need(need: Need, fit: Fit) -> str:
    return f"✗ {why_not([need])}" if need in fit.missing else f"✓ {need.kind} {need.name}"


def toned(line: str) -> Iterator[Part]:
    """Return a line of these texts in its tone: by its sign, or as a heading."""
    yield Part(line, _TONES.get(line.lstrip()[:1], ""))
