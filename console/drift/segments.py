"""Statements of a plan in runs that share a transaction; what must not share one stands alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.drift.ordering.writing import Statement


@dataclass(frozen=True, slots=True)
class Segment:
    """Statements that follow each other: in one transaction, or, not `together`, each committed by itself."""

    together: bool
    statements: tuple[Statement, ...]


def segments(found: Iterable[Statement]) -> tuple[Segment, ...]:
    """Return statements in their order, cut where one stands alone."""
    return tuple(_cut(found))


def _cut(found: Iterable[Statement]) -> Iterator[Segment]:
    run: list[Statement] = []
    for statement in found:
        if run and run[0].alone is not statement.alone:
            yield Segment(not run[0].alone, tuple(run))
            run = []
        run.append(statement)
    if run:
        yield Segment(not run[0].alone, tuple(run))
