"""Columns in which a table says how far a row's embedding is: pending, generating, completed, failed; and since when.

They are found by their names: `embedding_status` and `embedding_generated_at` beside `embedding`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Type = tuple[str, str]  # schema and name

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_TIMES = frozenset({"timestamptz", "timestamp", "date"})
_VECTORS = frozenset({"vector", "halfvec", "sparsevec"})
_USUAL = "embedding"

# What a column that takes only certain words may call them; the first is what others are given.
_PENDING = ("pending", "queued", "waiting", "todo", "none")
_GENERATING = ("generating", "processing", "in_progress", "running")
_COMPLETED = ("completed", "complete", "done", "ready", "generated")
_FAILED = ("failed", "error", "failure")


@dataclass(frozen=True, slots=True)
class Status:
    """Where a row's state and time are kept: column names and types, None where the table has none.

    The four words are None where the column takes no such word.
    """

    column: str | None = None
    type: Type | None = None
    generated_at: str | None = None
    time_type: Type | None = None
    pending: str | None = None
    generating: str | None = None
    completed: str | None = None
    failed: str | None = None


NONE = Status()


def find(
    column: str,
    columns: Sequence[tuple[str, str, str]],
    labels: Iterable[tuple[str, str]] = (),
    checks: Iterable[tuple[str, str]] = (),
) -> Status:
    """Return where a vector column's state is kept.

    `columns` are name, type's schema and type's name; `labels` the words of columns that are enums; `checks` the
    conditions on single columns.

    >>> found = find("embedding", [("embedding", "public", "vector"), ("embedding_status", "pg_catalog", "text")])
    >>> found.column, found.completed, found.generated_at
    ('embedding_status', 'completed', None)
    """
    types = {name: (schema, type_) for name, schema, type_ in columns}
    stems = [column, *([_USUAL] if sum(type_ in _VECTORS for _, type_ in types.values()) == 1 else [])]
    allowed = _allowed(labels)
    status = _first(types, [f"{stem}_status" for stem in stems], _TEXTS, allowed)
    time = _first(types, [f"{stem}_generated_at" for stem in stems], _TIMES, {})
    time_type = types[time] if time is not None else None
    if status is None:
        return Status(generated_at=time, time_type=time_type)
    words = allowed.get(status)
    conditions = [condition for name, condition in checks if name == status]

    def word(synonyms: tuple[str, ...]) -> str | None:
        return next((each for each in synonyms if _takes(each, words, conditions)), None)

    return Status(
        column=status,
        type=types[status],
        pending=word(_PENDING),
        generating=word(_GENERATING),
        completed=word(_COMPLETED),
        failed=word(_FAILED),
        generated_at=time,
        time_type=time_type,
    )


def _allowed(labels: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, label in labels:
        found[name] = (*found.get(name, ()), label)
    return found


def _first(
    types: Mapping[str, Type], names: Sequence[str], usable: frozenset[str], enums: Mapping[str, object]
) -> str | None:
    return next((name for name in names if name in types and (types[name][1] in usable or name in enums)), None)


def _takes(word: str, labels: tuple[str, ...] | None, conditions: Sequence[str]) -> bool:
    """Tell whether a column takes a word: an enum's labels say so, a check that lists words names it."""
    return (labels is None or word in labels) and all(f"'{word}'" in each for each in conditions if "'" in each)
