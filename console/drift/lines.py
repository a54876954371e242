"""A drift as lines for people: one for each object, with what changes of it and of its parts. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.catalog.compare import Action, Change
from console.catalog.model import Key, Kind, Object, Relation
from console.drift.drift import Drift
from console.drift.ground import Side
from console.drift.ordering.writing import Statement
from console.migrations.hazards.hazard import Hazard, Severity
from console.migrations.rehearsal.difference import told
from console.text import plural, sanitize

SIGNS = {Action.CREATE: "+", Action.DROP: "−", Action.ALTER: "~", Action.RENAME: "~"}
_MANY = {Kind.INDEX: "indexes", Kind.POLICY: "policies"}
_STAYS = (Action.ALTER, Action.RENAME)
_NAMED = 6  # parts of one sort that are named


@dataclass(frozen=True, slots=True)
class Line:
    """One object: what becomes of it, in short; `details` are sentences about it and its parts."""

    sign: str
    kind: str
    name: str
    summary: str
    details: tuple[str, ...]
    keys: tuple[Key, ...]


def lines(found: Drift) -> tuple[Line, ...]:
    """Return a line for each object that differs; parts of a relation, such as columns and indexes, stand with it."""
    with_it = found.statements_of(), found.hazards_of()
    return tuple(_line(found, whole, changes, *with_it) for whole, changes in grouped(found).items())


def grouped(found: Drift) -> Mapping[Key, Sequence[Change]]:
    """Return the changes by the object that they are about, in the order in which people look for it."""
    by_whole: defaultdict[Key, list[Change]] = defaultdict(list)
    sides = Side(found.pair.a), Side(found.pair.b)
    for change in found.changes:
        by_whole[_whole(change, sides)].append(change)
    return {whole: by_whole[whole] for whole in sorted(by_whole, key=_place)}


def _place(whole: Key) -> tuple[object, ...]:
    """What stands in no schema first, then by schema; types in front of tables, these in front of all others."""
    return (whole.schema, _ORDER.get(whole.kind, 5), whole.kind, whole.name, whole.args)


_ORDER = {Kind.SCHEMA: 0, Kind.EXTENSION: 1, Kind.TYPE: 2, Kind.DOMAIN: 2, Kind.TABLE: 3, Kind.VIEW: 4}


def _whole(change: Change, sides: tuple[Side, Side]) -> Key:
    side = sides[0] if change.action is Action.DROP else sides[1]
    made = change.after or change.before
    whole = side.whole_of(made) if isinstance(made, Object) else side.relation(change.key)
    return whole or change.key


def sign_of(whole: Key, changes: Sequence[Change]) -> str:
    """Return what becomes of an object: it comes, it goes, or it changes."""
    own = [each for each in changes if each.key == whole]
    created = any(each.action is Action.CREATE for each in own)
    dropped = any(each.action is Action.DROP for each in own)
    return "~" if created is dropped else "+" if created else "−"


def _line(
    found: Drift,
    whole: Key,
    changes: Sequence[Change],
    statements: Mapping[Key, Sequence[Statement]],
    hazards: Mapping[Key, Sequence[Hazard]],
) -> Line:
    own = [each for each in changes if each.key == whole]
    parts = [each for each in changes if each.key != whole]
    sign = sign_of(whole, changes)
    summary = summary_of(found, whole, changes)
    details = [*_own(own), *(() if sign != "~" else _parts(parts)), *_with_it(changes, statements, hazards)]
    details += _whose(found, changes)
    return Line(sign, str(whole.kind), _name(whole), summary, tuple(details), tuple(each.key for each in changes))


def summary_of(found: Drift, whole: Key, changes: Sequence[Change]) -> str:
    """Say how many parts: `4 columns, 16 indexes`; each with its sign where they differ in it."""
    parts, sign = [each for each in changes if each.key != whole], sign_of(whole, changes)
    counts: defaultdict[tuple[str, Kind], int] = defaultdict(int)
    for each in parts:
        counts[SIGNS[each.action], each.key.kind] += 1
    said = []
    if sign != "~":
        made = (found.pair.b if sign == "+" else found.pair.a).objects.get(whole)
        if isinstance(made, Relation):
            said.append(_count(len(made.columns), Kind.COLUMN))
    said += [
        f"{own if sign == '~' else ''} {_count(number, kind)}".strip() for (own, kind), number in sorted(counts.items())
    ]
    return ", ".join(said)


def _count(number: int, kind: Kind) -> str:
    return plural(number, kind, _MANY.get(kind))


def _own(own: Sequence[Change]) -> Iterator[str]:
    """Say what changes of the object itself."""
    if {Action.CREATE, Action.DROP} & {each.action for each in own} and len(own) > 1:
        yield "it becomes something else, and is made anew"
        return
    for difference in told(each for each in own if each.action in _STAYS):
        # A routine's definition holds its source.
        names = {each.name for each in difference.attributes}
        yield from (
            each.sentence for each in difference.attributes if each.name != "definition" or "source" not in names
        )


def _parts(parts: Sequence[Change]) -> Iterator[str]:
    """Name the parts: those that come and go by sort, those that change one by one with what changes."""
    grouped: defaultdict[tuple[str, Kind], list[str]] = defaultdict(list)
    for change in parts:
        if change.action in _STAYS:
            attributes = "; ".join(each.sentence for difference in told([change]) for each in difference.attributes)
            yield f"~ {change.key.kind} {sanitize(change.key.name)}: {attributes}"
        else:
            grouped[SIGNS[change.action], change.key.kind].append(sanitize(change.key.name))
    for (sign, kind), names in grouped.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{sign} {_count(len(names), kind).partition(' ')[2]} {', '.join(names[:_NAMED])}{more}"


def _with_it(
    changes: Sequence[Change], statements: Mapping[Key, Sequence[Statement]], hazards: Mapping[Key, Sequence[Hazard]]
) -> Iterator[str]:
    """Say what is made anew for its sake, and what is lost."""
    own = {each.key for each in changes}
    some = [statement for key in own for statement in statements.get(key, ())]
    anew = sorted({each.key for each in some if each.because in own and each.key not in own})
    if anew:
        more = f" and {len(anew) - _NAMED} more" if len(anew) > _NAMED else ""
        named = ", ".join(f"{key.kind} {_name(key)}" for key in anew[:_NAMED])
        yield f"made anew for its sake: {named}{more}"
    grave = (each for key in sorted(own) for each in hazards.get(key, ()) if each.severity > Severity.INFO)
    yield from dict.fromkeys(f"! {each.sentence}{f' → {each.advice}' if each.advice else ''}" for each in grave)


def _whose(found: Drift, changes: Sequence[Change]) -> Iterator[str]:
    """Say who has brought it about, of each part if it was not the same for all."""
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for change in changes:
        if change.key in found.attributions:
            grouped[found.attributions[change.key].reason].append(f"{change.key.kind} {sanitize(change.key.name)}")
    for reason, names in grouped.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"← {reason}" if len(grouped) == 1 else f"← {', '.join(names[:_NAMED])}{more}: {reason}"


def _name(key: Key) -> str:
    return sanitize(str(key)) or "this one"
