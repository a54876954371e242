"""Pairs of random schemas: the first is drawn, the second is the first with some things dropped, changed or new."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.drift.inventing import below, parts, relations
from tests.drift.inventing.things import Kind, Thing

FIRST = (
    "DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$",
    "DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$",
    "CREATE SCHEMA n",
)
_TYPE = (below.ENUM, below.ENUM, below.COMPOSITE, below.DOMAIN, below.RANGE)
_HIGH = (relations.TABLE, relations.VIEW, relations.VIEW, relations.PARTITION, relations.HEIR, relations.MATERIALIZED)
# In the order in which they are made: what comes later may speak of what came before.
SLOTS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("w1", (parts.DEFAULTS,)),
    ("k1", (below.ENUM, *_TYPE)),
    ("f1", (below.FUNCTION,)),
    ("f2", (below.FUNCTION,)),
    ("n.f3", (below.FUNCTION, below.FUNCTION, below.PROCEDURE)),
    ("k2", _TYPE),
    ("n.k3", _TYPE),
    ("q1", (below.SEQUENCE,)),
    ("n.q2", (below.SEQUENCE,)),
    ("x1", (below.AGGREGATE,)),
    ("o1", (below.OPERATOR,)),
    ("c1", (below.CAST,)),
    ("r1", (relations.TABLE, relations.TABLE, relations.PARTITIONED)),
    ("r2", (relations.TABLE, relations.TABLE, relations.PARTITIONED, relations.PARTITION, relations.HEIR)),
    ("h1", (below.READING,)),
    ("r3", (relations.TABLE, relations.PARTITIONED, *_HIGH)),
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
    ("z1", (parts.OWNERSHIP,)),
    ("z2", (parts.AFTERWARDS,)),
    ("z3", (parts.AFTERWARDS,)),
)


@dataclass(frozen=True)
class Pair:
    """The statements of both sides, as they are before the server has refused some."""

    a: tuple[str, ...]
    b: tuple[str, ...]

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
    after = {name: draw(_changed(name, kinds, before[name])) for name, kinds in SLOTS}
    one, other = (
        tuple(text for thing in side.values() if thing is not None for text in thing.statements())
        for side in (before, after)
    )
    return Pair((*FIRST, *one), (*FIRST, *other))


def _drawn(name: str, kinds: tuple[Kind, ...]) -> SearchStrategy[Thing | None]:
    made = st.sampled_from(kinds).flatmap(lambda kind: kind.drawn().map(lambda values: Thing(name, kind, values)))
    return st.one_of(st.none(), made, made)


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
