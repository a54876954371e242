"""What the columns of a result are like: times, measures, names that repeat; what a chart is proposed from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from console.dashboards.reckoning import moment, number
from console.dashboards.sample import Head, Sample, Value

FEW = 40  # names that a person can still compare
_LONG = 40  # signs from which on a text is no name
_KEY = re.compile(r"(^|[_ ])(id|pid|oid|xid|key|port|line|version|code|zip)$", re.IGNORECASE)
_SCALE = re.compile(r"(^|[_ ])(year|quarter|month|week|weekday|dow|day|hour|minute|bucket)$", re.IGNORECASE)
_ID = re.compile(r"(^|[_ ])(id|uuid|hash|token)$", re.IGNORECASE)
_ID_OF_ANOTHER = re.compile(r"[_ ](id|uuid)$", re.IGNORECASE)
_WORDS = frozenset(("uuid", "text", "character varying", "bpchar", "name"))
_TOUCHED = re.compile(r"(^|[_ ])(updated|modified|changed|touched|deleted|expires?|expiry)([_ ]|$)", re.IGNORECASE)
_UNNAMED = re.compile(r"\[\]$|^(uuid|jsonb?|xml|bytea|tsvector|tsquery|record)$")
_MEAN = re.compile(
    r"(^|[_ ])(avg|average|mean|median|ratio|rate|percent|percentage|pct|score|confidence|similarity|probability"
    r"|temperature|price|latency|duration|elapsed|weight|p\d\d|ms|seconds|secs|age|share|min|max)s?([_ ]|$)",
    re.IGNORECASE,
)
_UNITS = (
    ("bytes", r"(^|[_ ])bytes([_ ]|$)"),
    ("ms", r"(^|[_ ])(ms|msec|millis|milliseconds)$"),
    ("s", r"(^|[_ ])(seconds|secs|sec)$"),
    ("%", r"(^|[_ ])(percent|percentage|pct)([_ ]|$)"),
    ("ratio", r"(^|[_ ])ratio$"),
    ("USD", r"(^|[_ ])(usd|dollars)([_ ]|$)"),
    ("EUR", r"(^|[_ ])(eur|euros)([_ ]|$)"),
)


@dataclass(frozen=True, slots=True)
class Trait:
    """One column: its head, its place, how many different values it has, how many of all are NULL."""

    head: Head
    place: int
    different: int
    missing: int
    rows: int
    longest: int

    @property
    def name(self) -> str:
        """The column's name."""
        return self.head.name

    @property
    def is_time(self) -> bool:
        """Whether rows lie at several moments by it."""
        return self.head.role == "time" and self.different > 1

    @property
    def is_measure(self) -> bool:
        """Whether its numbers can be reckoned with; those that only name something cannot."""
        known = self.missing < self.rows or not self.rows
        return self.head.role == "number" and known and not self.is_scale and _KEY.search(self.name) is None

    @property
    def is_scale(self) -> bool:
        """Whether its numbers are places on a scale: years, hours of a day, buckets."""
        return self.head.role == "number" and _SCALE.search(self.name) is not None

    @property
    def is_name(self) -> bool:
        """Whether it gives rows names that can be read: no long texts, no documents, no ids."""
        if self.head.role != "text" or not self.different or _UNNAMED.search(self.head.type_name):
            return False
        return self.longest <= _LONG and _ID.search(self.name) is None

    @property
    def is_few(self) -> bool:
        """Whether it is a name of few, such as a state or a kind, or a place on a short scale."""
        return (self.is_name or self.is_scale) and 1 < self.different <= FEW

    @property
    def is_key(self) -> bool:
        """Whether it names each row by the id of something else, where there is nothing better."""
        is_id = self.head.type_name in _WORDS and _ID_OF_ANOTHER.search(self.name) is not None
        return is_id and self.tells_apart and self.different <= FEW and self.longest <= _LONG

    @property
    def tells_apart(self) -> bool:
        """Whether no two rows have the same."""
        return self.rows > 1 and self.different == self.rows

    @property
    def touched(self) -> bool:
        """Whether it is a time that says when something was changed, and not when it was."""
        return _TOUCHED.search(self.name) is not None

    @property
    def averaged(self) -> bool:
        """Whether a sum of its numbers would say nothing."""
        return _MEAN.search(self.name) is not None

    @property
    def unit(self) -> str:
        """The unit that its name or its type says, empty for none."""
        if self.head.type_name == "interval":
            return "s"
        return next((unit for unit, said in _UNITS if re.search(said, self.name, re.IGNORECASE)), "")


def traits(sample: Sample) -> tuple[Trait, ...]:
    """Return what each column is like; one whose name comes twice counts once, since it could not be named."""
    found: dict[str, Trait] = {}
    for place, head in enumerate(sample.heads):
        found.setdefault(head.name, _trait(head, place, [row[place] for row in sample.rows]))
    return tuple(found.values())


def tell_apart(sample: Sample, columns: Sequence[Trait]) -> bool:
    """Return whether these columns together have no two rows alike.

    >>> tell_apart(Sample((), (), 0.0, 0.0, 0.0), ())
    True
    """
    seen = {tuple(row[each.place] for each in columns) for row in sample.rows}
    return len(seen) == len(sample.rows)


def span(sample: Sample, time: Trait) -> float:
    """Return the seconds from the first moment of a column to the last."""
    moments = [at for row in sample.rows if (at := moment(row[time.place])) is not None]
    return max(moments) - min(moments) if moments else 0.0


def _trait(head: Head, place: int, values: Sequence[Value]) -> Trait:
    known = [value for value in values if not _is_missing(value, head.role)]
    longest = max((len(str(value)) for value in known), default=0) if head.role == "text" else 0
    return Trait(head, place, len(set(known)), len(values) - len(known), len(values), longest)


def _is_missing(value: Value, role: str) -> bool:
    return value is None or (role == "number" and number(value) is None)
