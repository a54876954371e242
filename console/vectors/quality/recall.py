"""How much of what is nearest an index finds, by how far it looks, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass

from console.text import duration, plural
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Metric
from console.vectors.search.question import Key

TARGET = 0.95


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds that the server needs for a search: half of them at most `p50`, 95 of 100 at most `p95`."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What `queries` searches with a setting found: `recall` is the share of the truly nearest, from 0 to 1.

    Of the rows that were asked by, `lost` were not found by their own vector.
    """

    setting: int
    recall: float
    latency: Latency
    queries: int
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Curve:
    """What is known so far of an index: `points` by their settings, the least first.

    `knob` is the setting's name, `current` its value on the server. `rows` are those of the table, -1 when that is not
    known. `asked` are the keys of the rows whose neighbours are looked for, which are never their own neighbours; of
    these `queries`, `truth` were answered by reading all rows, in `exact`. `remarks` are sentences.
    """

    column: VectorColumn
    index: VectorIndex
    metric: Metric
    k: int
    rows: int
    queries: int
    truth: int = 0
    exact: Latency | None = None
    points: tuple[Measured, ...] = ()
    asked: tuple[Key, ...] = ()
    current: int | None = None
    finished: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def knob(self) -> str:
        """The name of what is turned."""
        return knob(self.index)

    @property
    def setting(self) -> str:
        """The name of the server's setting: `hnsw.ef_search`."""
        return f"{self.index.method}.{self.knob}"

    @property
    def said(self) -> str:
        """The curve in a line: `recall@10 0.97 at probes 10 (4 ms) · 0.88 at 3 (1 ms) · exact 21 ms`."""
        if not self.points:
            return f"recall@{self.k}: reading all rows for {self.truth} of {plural(self.queries, 'query', 'queries')}"
        first = advise(self).point or self.points[-1]
        below = [each for each in self.points if each.setting < first.setting][-1:]
        parts = [f"recall@{self.k} {rounded(first.recall)} at {self.knob} {first.setting} ({_took(first)})"]
        parts += [f"{rounded(each.recall)} at {each.setting} ({_took(each)})" for each in below]
        parts += [f"exact {duration(self.exact.p50)}"] if self.exact else []
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Advice:
    """Which setting to use: the least that finds enough, None when none does. `sql` sets it, "" without one."""

    point: Measured | None
    sentence: str
    sql: str = ""

    @property
    def setting(self) -> int | None:
        """The setting's value."""
        return self.point.setting if self.point else None


def unreached(curve: Curve) -> str:
    """Say that the index does not lead to some rows, as the server has it set or as far as was measured; "" if it does.

    Whoever asks by anything else does not find them either, whatever is near.
    """
    points = [each for each in curve.points if each.setting == curve.current] or list(curve.points[-1:])
    if not points or not points[0].lost:
        return ""
    [point] = points
    rows = f"{point.lost} of {plural(point.queries, 'row')} {'was' if point.lost == 1 else 'were'}"
    return f"With {curve.knob} {point.setting}, {rows} not found even by their own vector: searches near miss them."


def knob(index: VectorIndex) -> str:
    """Return the name of the setting that tells how far an index looks."""
    return "ef_search" if index.method == "hnsw" else "probes"


def advise(curve: Curve, target: float = TARGET) -> Advice:
    """Say which setting to use: the least of those measured that finds `target` of what is nearest."""
    if not curve.points:
        return Advice(None, "Nothing was measured yet.")
    enough = next((each for each in curve.points if each.recall >= target), None)
    if enough is None:
        return Advice(None, _too_little(curve, target))
    sentence = (
        f"Use {curve.knob} {enough.setting}: it finds {percent(enough.recall)} of the {curve.k} nearest in"
        f" {_took(enough)}{_quicker(curve, enough)}."
    )
    return Advice(enough, sentence + _now(curve, enough, target), f"SET {curve.setting} = {enough.setting}")


def rounded(recall: float) -> str:
    """Say a recall; what is not all is never said to be 1.

    >>> rounded(1.0), rounded(0.9996), rounded(0.949)
    ('1.00', '0.999', '0.949')
    """
    if recall == 1:
        return "1.00"
    return f"{int(recall * 1000) / 1000:.3f}"


def percent(recall: float) -> str:
    """Say a recall in per cent.

    >>> percent(1.0), percent(0.9996), percent(0.949)
    ('all', '99.9 %', '94.9 %')
    """
    return "all" if recall == 1 else f"{int(recall * 1000) / 10:g} %"


def _took(point: Measured) -> str:
    return duration(point.latency.p50)


def _quicker(curve: Curve, point: Measured) -> str:
    if curve.exact is None:
        return ""
    times = curve.exact.p50 / max(point.latency.p50, 1e-9)
    if times < 1.2:
        return f", which is no quicker than reading all rows ({duration(curve.exact.p50)})"
    return f", {f'{times:.1f}' if times < 9.95 else f'{times:,.0f}'} times as quick as reading all rows"


def _now(curve: Curve, enough: Measured, target: float) -> str:
    if curve.current is None or curve.current == enough.setting:
        return "" if curve.current is None else " The server has it set so."
    now = next((each for each in curve.points if each.setting == curve.current), None)
    if now is None:
        return f" The server has it at {curve.current}."
    found = f" The server has it at {curve.current}, which finds {percent(now.recall)}"
    return f"{found} in {_took(now)}." if now.recall >= target else f"{found} only."


def _too_little(curve: Curve, target: float) -> str:
    best = max(curve.points, key=lambda each: each.recall)
    said = f"No {curve.knob} up to {curve.points[-1].setting} finds {percent(target)}: {best.setting} finds"
    said = f"{said} {percent(best.recall)} in {_took(best)}."
    if not curve.finished:
        return said
    if curve.index.expression:
        return f"{said} The index holds less of the vectors than the column: build one of more, or search exactly."
    if curve.index.method == "hnsw":
        return f"{said} Build the index with a larger m or ef_construction, or search exactly."
    return f"{said} Build the index again, with lists for the rows there are now, or search exactly."
