"""PostgreSQL's own functions: which of them only read, and why others do not.

The lists are text under `queries/guard/`, written by `scripts/safe-functions` from servers of every version that is
supported; `harmless.txt` and `never.txt` hold what a person has decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from console.sql import queries


@cache
def safe() -> frozenset[str]:
    """Return the names in pg_catalog of which every function, in every version, only reads."""
    return frozenset(_lines("safe_functions"))


@cache
def unsafe() -> frozenset[str]:
    """Return the names in pg_catalog of which some function may do more than read."""
    return frozenset(_lines("unsafe_functions"))


@cache
def inner() -> frozenset[str]:
    """Return the names in pg_catalog that serve types, indexes and triggers, and that nobody calls in a query."""
    return frozenset(_lines("inner_functions"))


@cache
def harmless() -> frozenset[str]:
    """Return the volatile functions that have been looked at and found to change nothing."""
    return frozenset(_lines("harmless"))


@cache
def never() -> Mapping[str, str]:
    """Return the functions that are refused although PostgreSQL calls them stable or immutable, with the reason."""
    pairs = (line.partition(": ") for line in _lines("never"))
    return {name: reason for name, _, reason in pairs}


@cache
def extensions() -> Mapping[tuple[str, str], str]:
    """Return (extension, function) whose volatility misleads: "reads", or why it may write all the same."""
    pairs = (line.partition(": ") for line in _lines("extension_functions"))
    return {(words[0], words[1]): known for head, _, known in pairs if len(words := head.split()) == 2}


@dataclass(frozen=True, slots=True)
class Builtin:
    """A row of `guard/builtin_functions`."""

    name: str
    quiet: bool
    inward: bool
    inner: bool


def sort(functions: Iterable[Builtin]) -> dict[str, tuple[str, ...]]:
    """Sort names into the lists `safe_functions`, `unsafe_functions` and `inner_functions`.

    A name may come once for each server: it is safe only if it is safe on all, and inner only if it is so on all.
    """
    lists: dict[str, str] = {}
    for function in functions:
        found = _list_of(function)
        lists[function.name] = found if lists.get(function.name, found) == found else "unsafe_functions"
    return {
        each: tuple(sorted(name for name, found in lists.items() if found == each))
        for each in ("safe_functions", "unsafe_functions", "inner_functions")
    }


def _list_of(function: Builtin) -> str:
    if function.name in never():
        return "unsafe_functions"
    if function.inner:
        return "inner_functions"
    quiet = function.quiet or function.name in harmless()
    return "safe_functions" if quiet and not function.inward else "unsafe_functions"


def _lines(name: str) -> list[str]:
    text = (queries.folder("queries") / "guard" / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
