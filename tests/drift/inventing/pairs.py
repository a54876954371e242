"""Pairs of random schemas: the second is the first with some things dropped, changed or new, or has nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.drift.inventing import below, families, parts, quoting, rarer, relations, written
from tests.drift.inventing.things import Kind, Thing

FIRST = (
    "DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$",
    "DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$",
    "CREATE SCHEMA n",
)
_TYPE = (below.ENUM, below.ENUM, below.COMPOSITE, below.DOMAIN, below.RANGE)
_TABLE = (relations.TABLE, relations.TABLE, relations.PARTITIONED, written.WRITTEN_TABLE, written.WRITTEN_TABLE)
_HIGH = (
    *(relations.TABLE, relations.VIEW, relations.VIEW, relations.PARTITION, relations.HEIR, relations.MATERIALIZED),
    *(written.WRITTEN_VIEW, written.WRITTEN_VIEW, written.WRITTEN_TABLE, families.FAMILY, families.HEIRS),
)
# What others speak of most is nearly always there.
_SURE = frozenset({"k1", "f1", "f2", "r1", "r2", "t1"})
# In the order in which they are made: what comes later may speak of what came before.
SLOTS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("w1", (parts.DEFAULTS,)),
    ("k1", (below.ENUM, *_TYPE)),
    ("f1", (below.FUNCTION,)),
    ("f2", (below.FUNCTION,)),
    ("n.f3", (below.FUNCTION, below.FUNCTION, below.PROCEDURE)),
    ("k2", _TYPE),
    ("n.k3", _TYPE),
    ("q1", (below.SEQUENCE, below.SEQUENCE, below.SEQUENCE, relations.TABLE, written.WRITTEN_VIEW)),
    ("n.q2", (below.SEQUENCE,)),
    ("x1", (below.AGGREGATE,)),
    ("o1", (below.OPERATOR,)),
    ("c1", (below.CAST,)),
    ("r1", _TABLE),
    ("r2", (*_TABLE, families.FAMILY, relations.PARTITION, relations.HEIR)),
    ("h1", (below.READING,)),
    ("given", (written.ROUTINE,)),
    ("r3", (*_TABLE, *_HIGH)),
    ("h2", (below.READING,)),
    ("r4", _HIGH),
    ("n.r5", _HIGH),
    ("i1", (parts.INDEX,)),
    ("i2", (parts.INDEX,)),
    ("i3", (parts.INDEX,)),
    ("t1", (parts.TRIGGER_FUNCTION,)),
    ("t2", (parts.TRIGGER_FUNCTION,)),
    ("g1", (parts.TRIGGER,)),
    ("g2", (parts.TRIGGER,)),
    ("p1", (parts.POLICY,)),
    ("p2", (parts.POLICY,)),
    ("u1", (parts.RULE,)),
    ("s1", (parts.STATISTICS,)),
    ("y1", (parts.PUBLICATION,)),
    ("l1", (rarer.COLLATION,)),
    ("e1", (rarer.FOREIGN,)),
    ("n.e2", (rarer.SEARCH,)),
    ("o2", (rarer.OPERATOR_CLASS,)),
    ("v1", (rarer.EVENT_TRIGGER,)),
    ("b1", (rarer.CONVERSION, rarer.LANGUAGE)),
    ("m", (written.SCHEMA,)),
    ("n.r6", (written.WRITTEN_VIEW,)),
    ("z1", (parts.OWNERSHIP,)),
    ("z2", (parts.AFTERWARDS,)),
    ("z3", (parts.AFTERWARDS,)),
    ("z4", (parts.MOVED,)),
    ("z5", (parts.MOVED,)),
)


@dataclass(frozen=True, repr=False)
class Pair:
    """The statements of both sides, as they are before the server has refused some."""

    a: tuple[str, ...]
    b: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<{len(self.a)} and {len(self.b)} statements>"

    @property
    def sql(self) -> str:
        """Both sides as the two files of a case."""
        return "".join(f"-- {name}.sql\n{script(texts)}" for name, texts in (("a", self.a), ("b", self.b)))


def script(texts: tuple[str, ...]) -> str:
    """Return statements as a file."""
    return "".join(f"{text};\n" for text in texts)


@st.composite
def pairs(draw: DrawFn) -> Pair:
    """Draw two schemas that have much in common."""
    before = {name: draw(_drawn(name, kinds)) for name, kinds in SLOTS}
    names = st.sampled_from([name for name, _ in SLOTS])
    chosen = draw(st.one_of(st.none(), st.sets(names, min_size=1, max_size=6)))  # all, or a few
    after = {
        name: draw(_changed(name, kinds, before[name])) if chosen is None or name in chosen else before[name]
        for name, kinds in SLOTS
    }
    return Pair(*(quoted(side) for quoted in [draw(quoting.styles())] for side in map(_written, (before, after))))


@st.composite
def strangers(draw: DrawFn) -> Pair:
    """Draw two schemas that have nothing in common but names."""
    sides = [{name: draw(_drawn(name, kinds)) for name, kinds in SLOTS} for _ in "ab"]
    return Pair(*map(_written, sides))


def _written(side: Mapping[str, Thing | None]) -> tuple[str, ...]:
    return (*FIRST, *(text for thing in side.values() if thing is not None for text in thing.statements()))


def _drawn(name: str, kinds: tuple[Kind, ...]) -> SearchStrategy[Thing | None]:
    made = st.sampled_from(kinds).flatmap(lambda kind: kind.drawn().map(lambda values: Thing(name, kind, values)))
    return st.one_of(st.none(), *[made] * (9 if name in _SURE else 2))


def _changed(name: str, kinds: tuple[Kind, ...], before: Thing | None) -> SearchStrategy[Thing | None]:
    """Leave a thing as it is, change one or two of its parts, or draw it anew."""
    kept: SearchStrategy[Thing | None] = st.just(before)
    anew = _drawn(name, kinds)
    if before is None:
        return st.one_of(kept, kept, kept, anew)
    part = st.sampled_from(sorted(before.kind.parts))
    one = part.flatmap(lambda each: _with(before, each))
    two = st.tuples(part, part).flatmap(lambda some: _with(before, some[0]).flatmap(lambda made: _with(made, some[1])))
    return st.one_of(kept, kept, one, two, anew)


def _with(thing: Thing, part: str) -> SearchStrategy[Thing]:
    return thing.kind.parts[part].map(lambda value: replace(thing, values={**thing.values, part: value}))
