"""The changes as nodes of a tree: an object each, its parts below it, what is taken and what may hurt; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.catalog.compare import Action, Change
from console.catalog.model import Key
from console.drift import lines
from console.drift.part.bonds import mark
from console.migrations.hazards.hazard import Hazard, Kind, Severity
from console.migrations.rehearsal.difference import told
from console.text import sanitize
from console.ui.screens.drift.known import Known, Said
from console.ui.screens.drift.sieve import Sieve
from console.ui.widgets.outline import Node

_TONES = {"+": "good", "−": "bad", "~": "warning"}
_WORDS = {
    Kind.LOSS: "loses",
    Kind.REWRITE: "rewrites",
    Kind.SCAN: "scans",
    Kind.BUILD: "builds",
    Kind.LOCK: "locks",
    Kind.BREAK: "breaks",
    Kind.FAIL: "may fail",
    Kind.CASCADE: "cascades",
    Kind.BULK: "bulk",
    Kind.ACCESS: "access",
    Kind.ENUM: "enum",
    Kind.UNSEEN: "unseen",
    Kind.STYLE: "style",
}
_SAID = 2  # hazards that are named on a line
_LONGEST_KIND = 17


@dataclass(frozen=True, slots=True)
class Standing:
    """What a node stands for: an object with its changes, or `part`, one change of it."""

    whole: Key
    changes: tuple[Change, ...]
    part: Change | None = None

    @property
    def meant(self) -> tuple[Change, ...]:
        """The changes that are taken or left with it."""
        return (self.part,) if self.part is not None else self.changes


def nodes(known: Known, sieve: Sieve) -> list[Node]:
    """Return a node for each object that differs and is in sight."""
    kept = sieve.kept(known.grouped, known.hazards)
    width = min(max((len(whole.kind) for whole in kept), default=0), _LONGEST_KIND)
    return [_whole(known, whole, tuple(changes), width) for whole, changes in kept.items()]


def in_sight(known: Known, sieve: Sieve) -> list[Change]:
    """Return the changes that are in sight."""
    return [each for changes in sieve.kept(known.grouped, known.hazards).values() for each in changes]


def _whole(known: Known, whole: Key, changes: tuple[Change, ...], width: int) -> Node:
    alone = len(changes) == 1 and changes[0].key == whole
    if (whole, len(changes)) not in known.said:  # which holds for as long as nothing is planned anew
        known.said[whole, len(changes)] = _said(known, whole, changes, alone=alone)
    sign, detail, asides = known.said[whole, len(changes)]
    return Node(
        key=whole,
        name=f"{whole.kind:{width}} {sanitize(str(whole)) or 'this database'}",
        glyph=f"{_taken(known, changes)} {sign}",
        tone=_tone(known, changes, sign),
        detail=detail,
        asides=asides,
        children=None if alone else lambda: [_part(known, whole, changes, each) for each in _in_order(whole, changes)],
        subject=Standing(whole, changes, changes[0] if alone else None),
    )


def _said(known: Known, whole: Key, changes: tuple[Change, ...], *, alone: bool) -> Said:
    detail = lines.summary_of(known.drift, whole, changes)
    if alone and changes[0].action in (Action.ALTER, Action.RENAME):
        detail = _attributes(changes[0])
    return lines.sign_of(whole, known.grouped[whole]), detail, _asides(known, changes)


def _part(known: Known, whole: Key, changes: tuple[Change, ...], change: Change) -> Node:
    sign = lines.SIGNS[change.action]
    is_own = change.key == whole
    return Node(
        key=(whole, mark(change)),
        name=f"the {whole.kind} itself" if is_own else f"{change.key.kind} {sanitize(change.key.name)}",
        glyph=f"{_taken(known, (change,))} {sign}",
        tone=_tone(known, (change,), sign),
        detail=_attributes(change) if change.action in (Action.ALTER, Action.RENAME) else "",
        asides=_asides(known, (change,)),
        subject=Standing(whole, changes, change),
    )


def _in_order(whole: Key, changes: Iterable[Change]) -> list[Change]:
    """The object itself, then its parts by kind and name."""
    return sorted(changes, key=lambda each: (each.key != whole, each.key, each.action))


def _attributes(change: Change) -> str:
    return "; ".join(each.sentence for found in told([change]) for each in found.attributes)


def _taken(known: Known, changes: Sequence[Change]) -> str:
    if not known.left:
        return "✓"
    left = sum(mark(each) in known.left for each in changes)
    return "✓" if not left else "·" if left == len(changes) else "–"


def _tone(known: Known, changes: Sequence[Change], sign: str) -> str:
    return "faint" if _taken(known, changes) == "·" else _TONES[sign]


def _asides(known: Known, changes: Iterable[Change]) -> tuple[str, ...]:
    found = [each for change in changes for each in known.hazards.get(change.key, ())]
    worse = [each for each in found if each.severity > Severity.INFO]
    if not worse:
        return ()
    sign = "✗" if any(each.severity is Severity.CRIT for each in worse) else "!"
    return (f"{sign} {', '.join(_words(worse))}",)


def _words(found: Iterable[Hazard]) -> list[str]:
    """Name the gravest, each once."""
    ordered = sorted(found, key=lambda each: -each.severity)
    said = list(dict.fromkeys(_WORDS[each.kind] for each in ordered))
    return [*said[:_SAID], "…"] if len(said) > _SAID else said
