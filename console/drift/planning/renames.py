"""Renames: what a person has confirmed, found in the catalog, and what looks like one and is offered as such."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from console.catalog.compare import Action, Change
from console.catalog.model import (
    Catalog,
    Column,
    Constraint,
    Enum,
    ForeignTable,
    Index,
    Key,
    Kind,
    Object,
    Table,
)
from console.catalog.model import (
    Sequence as SequenceObject,
)
from console.drift.planning.renaming import Renaming, renamed
from console.drift.wishes import Rename
from console.errors import UsageError
from console.text import sanitize

_ALIKE = 0.6  # how alike two names are, by the letters that they share in order, to be taken for one
_SAME_COLUMNS = 0.8
_CHOSEN = re.compile(r"._(pkey|key|fkey|check|excl|idx)\d*$")


class Candidate(NamedTuple):
    """What goes from the first side and may be what comes on the second, by another name.

    `a` and `b` are as `--rename a=b` takes them. `score` is from 0 to 1. `reason` is a part of a sentence.
    """

    kind: str
    a: str
    b: str
    reason: str
    score: float


def confirmed(catalog: Catalog, renames: Iterable[Rename]) -> tuple[Renaming, ...]:
    """Return the renames of what is in a catalog, one after the other: each speaks of names as they are by then.

    One whose old name is gone and whose new one is there has been made already. Raises UsageError for a name that is
    not there, that many have, or that is taken.
    """
    found: list[Renaming] = []
    for rename in renames:
        one = _found(catalog, rename)
        if one is not None:
            found.append(one)
            catalog = renamed(catalog, one)
    return tuple(found)


def applied(catalog: Catalog, renamings: Iterable[Renaming]) -> Catalog:
    """Return a catalog after renames."""
    for each in renamings:
        catalog = renamed(catalog, each)
    return catalog


def _found(catalog: Catalog, rename: Rename) -> Renaming | None:
    named = [*_named(catalog, rename.old)]
    if not named:
        head, dot, _ = rename.old.rpartition(".")
        if any(_named(catalog, f"{head}{dot}{_own_name(rename.old, rename.new)}")):
            return None
        raise UsageError(
            f"“{sanitize(rename.old)}” is not there to be renamed.", hint="Say --rename OLD=NEW with schemas."
        )
    if len(named) > 1:
        kinds = ", ".join(sorted({each.key.kind.value for each in named}))
        raise UsageError(f"“{sanitize(rename.old)}” can mean more than one object: {kinds}.")
    one = Renaming(named[0].key, _own_name(rename.old, rename.new), named[0].value)
    if not one.value and one.after in catalog.objects:
        raise UsageError(f"“{sanitize(rename.old)}” cannot be renamed: {sanitize(str(one.after))} is there already.")
    return one


def _own_name(old: str, new: str) -> str:
    """Return the last name of what may be said with all that stands in front of the old one.

    >>> _own_name("public.t.a", "public.t.b"), _own_name("public.t.a", "b.c")
    ('b', 'b.c')
    """
    head = old.rpartition(".")[0]
    return new.removeprefix(f"{head}.") if head else new


_RENAMED = (Kind.TABLE, Kind.INDEX, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.SEQUENCE, Kind.FOREIGN_TABLE)


def _named(catalog: Catalog, name: str) -> Iterator[Renaming]:
    """Yield what a name means: a relation, a constraint, a column, a value of an enum."""
    for key, made in catalog.objects.items():
        if key.kind in _RENAMED and not _is_of_constraint(made) and name in (str(key), key.name):
            yield Renaming(key, key.name)
        if isinstance(made, Constraint) and name == str(key):
            yield Renaming(key, key.name)
        if isinstance(made, Table | ForeignTable) and name.startswith(f"{key}."):
            columns = (each.name for each in made.columns if name == f"{key}.{each.name}")
            yield from (Renaming(Key(Kind.COLUMN, key.schema, each, key.name), each) for each in columns)
        if isinstance(made, Enum):
            yield from (Renaming(key, each, each) for each in made.labels if name == f"{key}.{each}")


def _is_of_constraint(made: Object) -> bool:
    return isinstance(made, Index) and made.constraint is not None


def is_chosen(key: Key) -> bool:
    """Tell whether the name of a constraint or index looks like one that the server has chosen.

    >>> is_chosen(Key(Kind.INDEX, "public", "t_a_idx1")), is_chosen(Key(Kind.INDEX, "public", "by_a"))
    (True, False)
    """
    return _CHOSEN.search(key.name) is not None


def candidates(changes: Sequence[Change]) -> tuple[Candidate, ...]:
    """Return what may have been renamed, the likeliest first; each thing is in at most one."""
    gone = [each for each in changes if each.action is Action.DROP]
    come = [each for each in changes if each.action is Action.CREATE]
    found = [*_pairs(gone, come), *_values(changes)]
    return tuple(_once(sorted(found, key=lambda each: (-each.score, each.a, each.b))))


def _pairs(gone: Sequence[Change], come: Sequence[Change]) -> Iterator[Candidate]:
    for left in gone:
        for right in come:
            likeness = _LIKENESS.get(left.key.kind) if _rivals(right, left) else None
            told = likeness(left, right) if likeness is not None else None
            if told is not None:
                rivals = (each for each in (*gone, *come) if each is not left and each is not right)
                yield from _candidate(left, right, told, sole=not any(_rivals(each, left) for each in rivals))


def _rivals(other: Change, one: Change) -> bool:
    """Tell whether something else that comes or goes could be meant as well: of the same kind, in the same place."""
    key = other.key
    return (key.kind, key.schema, key.parent) == (one.key.kind, one.key.schema, one.key.parent)


def _candidate(left: Change, right: Change, told: str, *, sole: bool) -> Iterator[Candidate]:
    alike = _alike(left.key.name, right.key.name)
    if alike >= _ALIKE or sole:
        why = told if alike >= _ALIKE else f"{told}, and nothing else comes or goes there"
        score = round(min(1.0, alike / 2 + (0.5 if sole else 0.25)), 2)
        yield Candidate(left.key.kind.value, str(left.key), str(right.key), why, score)


def _alike(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one.lower(), two.lower()).ratio()


def _column(left: Change, right: Change) -> str | None:
    was, now = left.before, right.after
    if not isinstance(was, Column) or not isinstance(now, Column):
        return None
    if (was.type, was.generated, was.collation) != (now.type, now.generated, now.collation):
        return None
    return f"both are {sanitize(was.type)}"


def _table(left: Change, right: Change) -> str | None:
    was, now = left.before, right.after
    if not isinstance(was, Table) or not isinstance(now, Table) or was.partition_key != now.partition_key:
        return None
    here, there = ({(each.name, each.type) for each in made.columns} for made in (was, now))
    shared = len(here & there) / max(len(here | there), 1)
    if shared < _SAME_COLUMNS:
        return None
    return "both have the same columns" if shared == 1 else "both have nearly the same columns"


def _sequence(left: Change, right: Change) -> str | None:
    was, now = left.before, right.after
    same = isinstance(was, SequenceObject) and isinstance(now, SequenceObject) and was.options == now.options
    return "both count alike" if same else None


def _index(left: Change, right: Change) -> str | None:
    was, now = left.before, right.after
    if not isinstance(was, Index) or not isinstance(now, Index) or was.table != now.table or was.constraint:
        return None
    here, there = (" USING ".join((each.definition or "").split(" USING ")[1:]) for each in (was, now))
    return "both index the same" if here == there and was.unique == now.unique else None


def _constraint(left: Change, right: Change) -> str | None:
    was, now = left.before, right.after
    same = isinstance(was, Constraint) and isinstance(now, Constraint) and was.definition == now.definition
    return "both say the same" if same else None


_LIKENESS: dict[Kind, Callable[[Change, Change], str | None]] = {
    Kind.COLUMN: _column,
    Kind.CONSTRAINT: _constraint,
    Kind.INDEX: _index,
    Kind.SEQUENCE: _sequence,
    Kind.TABLE: _table,
}


def _values(changes: Iterable[Change]) -> Iterator[Candidate]:
    """Values of enums at whose place another stands, with all the others as they were."""
    for change in changes:
        before, after = change.before, change.after
        if not isinstance(before, Enum) or not isinstance(after, Enum) or len(before.labels) != len(after.labels):
            continue
        pairs = [(was, now) for was, now in zip(before.labels, after.labels, strict=True) if was != now]
        if {was for was, _ in pairs} & {now for _, now in pairs}:
            continue  # put into another order
        for was, now in pairs:
            alike = _alike(was, now)
            score = round(min(1.0, alike / 2 + (0.5 if len(pairs) == 1 else 0.25)), 2)
            key = change.key
            yield Candidate("value", f"{key}.{was}", f"{key}.{now}", "it stands at the same place", score)


def _once(found: Iterable[Candidate]) -> Iterator[Candidate]:
    taken: set[tuple[str, Any]] = set()
    for each in found:
        names = {("a", each.a), ("b", each.b)}
        if not names & taken:
            taken |= names
            yield each
