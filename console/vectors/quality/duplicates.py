"""Rows that share their vector, and rows whose vectors are nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from console.db.session import Session
from console.text import plural
from console.vectors.column import VectorColumn
from console.vectors.metric import Metric
from console.vectors.quality import brute, statements
from console.vectors.quality.histogram import figure
from console.vectors.search.admitting import admitted
from console.vectors.search.question import Key

if TYPE_CHECKING:
    from console.vectors.quality.neighbours import Neighbourhood

# Of the usual distance between two rows: below that, two are nearly the same. A cosine's is the square of a length.
_NEAR, _NEAR_BY_COSINE = 0.1, 0.02
_ROWS = 2_000  # that share a vector and are read
_SHOWN = 20  # keys of a group


@dataclass(frozen=True, slots=True)
class Group:
    """`count` rows with the same vector, and the keys of the first of them."""

    count: int
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are nearly the same."""

    one: Key
    other: Key
    distance: float


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Equal vectors in `groups`, the greatest first, and pairs nearer than `below` but not equal, the nearest first.

    `rows` were looked at for equal ones, `doubled` of them share their vector with another; `whole` tells that these
    are all rows of the table. `asked` rows were looked at for near ones, `close` of them have one. The lists are cut.
    """

    groups: tuple[Group, ...]
    near: tuple[Pair, ...]
    below: float
    rows: int
    doubled: int
    asked: int
    close: int
    whole: bool

    @property
    def said(self) -> str:
        """What was found, in a sentence or two."""
        if self.rows < 2:
            return "There are no two rows to compare."
        of = f"{self.rows:,}" if self.whole else f"{self.rows:,} sampled"
        equal = f"{self.doubled:,} of {of} rows share their vector with another"
        if not self.doubled:
            equal = f"No two of {of} rows have the same vector"
        near = f"{self.close:,} of {plural(self.asked, 'row')} have another nearer than {figure(self.below)}"
        if not self.close:
            near = f"none of {plural(self.asked, 'row')} has another nearer than {figure(self.below)}"
        return f"{equal}; {near}, equal ones not counted." if self.asked and self.below else f"{equal}."


def usually_near(metric: Metric, usual: float) -> float:
    """Return below which distance two rows are nearly the same, by the usual distance of two rows."""
    return usual * (_NEAR_BY_COSINE if metric is Metric.COSINE else _NEAR)


@dataclass(frozen=True, slots=True)
class Equal:
    """Rows that share their vector: `doubled` of `rows`, in groups."""

    groups: tuple[Group, ...]
    rows: int
    doubled: int


async def equal(
    session: Session, column: VectorColumn, *, where: str = "", seconds: float = 20.0, most: int = _ROWS
) -> Equal:
    """Find equal vectors among all rows. Raises TimedOut, StatementFailed and its kin, BadSql, Refused."""
    await admitted(session, column, where)
    counted, found = await session.read(
        *statements.equal(column, where, most), timeout=seconds, doing=f"looking for duplicates in {column.label}"
    )
    doubled = int(found[0][1]) if found else 0
    return Equal(_groups([(int(row[0]), row[2], tuple(row[4:])) for row in found]), counted[0][0], doubled)


def equal_in(near: Neighbourhood) -> Equal:
    """Find equal vectors among the rows of a sample."""
    sample = near.sample
    digests: dict[bytes, list[Key]] = {}
    for row, key in zip(sample.vectors + 0.0, sample.keys, strict=True):  # -0.0 is 0.0
        digests.setdefault(row.tobytes(), []).append(key)
    shared = sorted((keys for keys in digests.values() if len(keys) > 1), key=lambda keys: (-len(keys), keys))
    groups = tuple(Group(len(keys), tuple(sorted(keys)[:_SHOWN])) for keys in shared)
    return Equal(groups, len(sample), sum(map(len, shared)))


def duplicates(near: Neighbourhood, same: Equal, below: float, *, whole: bool, most: int = 50) -> Duplicates:
    """Return what is equal together with what is nearly so: nearer than `below`."""
    found: dict[tuple[Key, Key], float] = {}
    close = 0
    for place, row in enumerate(near.rows.tolist()):
        own = near.sample.keys[row]
        pairs = {(min(own, key), max(own, key)): distance for key, distance in _near(near, place, below)}
        close += bool(pairs)
        found |= pairs if own else {}  # without a key, nothing names them
    nearest = sorted((Pair(*names, distance) for names, distance in found.items()), key=lambda pair: pair.distance)
    return Duplicates(same.groups, tuple(nearest[:most]), below, same.rows, same.doubled, len(near.rows), close, whole)


def _near(near: Neighbourhood, place: int, below: float) -> list[tuple[Key, float]]:
    """Return keys and distances of what is near a row but not equal to it."""
    found = [at for at, distance in enumerate(near.distances[place].tolist()) if distance < below]
    if near.places is None:
        pairs = [(near.keys[place][at], float(near.distances[place, at])) for at in found]
        return [(key, distance) for key, distance in pairs if distance > _NOTHING]
    vectors, row = near.sample.vectors, near.rows[place]
    others = [at for at in found if (vectors[near.places[place, at]] != vectors[row]).any()]
    exact = brute.paired(
        vectors[[row]].astype("f8"), vectors[near.places[place, others].astype(int)].astype("f8"), near.metric
    )
    return [(near.keys[place][at], distance) for at, distance in zip(others, exact.tolist(), strict=True)]


_NOTHING = 1e-6  # what is left of nothing when the server compares equal vectors in single precision


def _groups(rows: Sequence[tuple[int, str, Key]]) -> tuple[Group, ...]:
    return tuple(
        Group(count, tuple(key for _, _, key in list(same)[:_SHOWN]))
        for (count, _), same in groupby(rows, key=lambda row: row[:2])
    )
