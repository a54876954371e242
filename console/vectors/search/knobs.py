"""How an index looks: pgvector's settings, checked before a server takes them for placeholders and forgets them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from console.errors import UsageError
from console.vectors.search.question import Knobs


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the server's for one search.

    It is left alone where it has been given another value there than `unless`, and with `at_least`, what it is where
    nobody has set it, where it is more already.
    """

    name: str
    value: str
    unless: str | None = None
    at_least: int | None = None


Settings = tuple[Setting, ...]

METHODS = ("hnsw", "ivfflat")
EF_SEARCH = 40  # what hnsw.ef_search is where nobody has set it
_EF_SEARCH = (1, 1_000)
_PROBES = (1, 32_768)
_ITERATIVE = ("off", "strict_order", "relaxed_order")
# A sequential scan reads all rows; an index with its own condition may still serve the WHERE by a bitmap.
EXACT: Settings = (Setting("enable_indexscan", "off"), Setting("enable_seqscan", "on"))


def version_of(version: str) -> tuple[int, ...]:
    """Return pgvector's version as numbers.

    >>> version_of("0.8.5") > version_of("0.8"), version_of("0.10.0-rc1")
    (True, (0, 10, 0))
    """
    numbers = version.partition("-")[0].split(".")
    return tuple(int(each) for each in numbers if each.isdigit())


def iterative_there(version: str) -> bool:
    """Return whether a version of pgvector reads on where a condition has left too few rows.

    >>> iterative_there("0.8.0"), iterative_there("0.7.4")
    (True, False)
    """
    return version_of(version) >= (0, 8)


def check(knobs: Knobs, version: str) -> None:
    """Raise UsageError for what the server would not take, or would take and not heed."""
    _within("ef_search", knobs.ef_search, _EF_SEARCH)
    _within("probes", knobs.probes, _PROBES)
    if knobs.iterative is None:
        return
    if knobs.iterative not in _ITERATIVE:
        raise UsageError(f"An iterative scan is {', '.join(_ITERATIVE[:-1])} or {_ITERATIVE[-1]}.")
    if knobs.iterative != "off" and not iterative_there(version):
        raise UsageError(
            f"Iterative scans came with pgvector 0.8, and this database has {version}.",
            hint="ALTER EXTENSION vector UPDATE, where the server has a newer one; or search exactly.",
        )


def settings(
    knobs: Knobs,
    version: str,
    methods: Collection[str] = METHODS,
    *,
    lists: int = 0,
    iterative: str = "strict_order",
) -> Settings:
    """Return the settings of one search by indexes of these methods.

    Iterative scans are on where the version has them, `iterative` for hnsw unless the knobs say otherwise. Where nobody
    has said how many of an ivfflat's `lists` to look into, it is their square root, as pgvector's documentation has it,
    and not one.

    >>> settings(Knobs(ef_search=100), "0.7.4", ["hnsw"])
    (Setting(name='hnsw.ef_search', value='100', unless=None, at_least=None),)
    >>> [(each.name, each.value) for each in settings(Knobs(), "0.8.5", ["ivfflat"], lists=100)]
    [('ivfflat.probes', '10'), ('ivfflat.iterative_scan', 'relaxed_order')]
    """
    chosen = [
        *(_hnsw(knobs, iterative) if "hnsw" in methods else ()),
        *(_ivfflat(knobs, lists) if "ivfflat" in methods else ()),
    ]
    return tuple(each for each in chosen if iterative_there(version) or not each.name.endswith("iterative_scan"))


def _hnsw(knobs: Knobs, iterative: str) -> Iterator[Setting]:
    if knobs.ef_search is not None:
        yield Setting("hnsw.ef_search", str(knobs.ef_search))
    yield Setting("hnsw.iterative_scan", knobs.iterative or iterative)


def _ivfflat(knobs: Knobs, lists: int) -> Iterator[Setting]:
    if knobs.probes is not None:
        yield Setting("ivfflat.probes", str(knobs.probes))
    elif (probes := round(math.sqrt(lists))) > 1:
        yield Setting("ivfflat.probes", str(probes), unless="1")
    yield Setting("ivfflat.iterative_scan", "off" if knobs.iterative == "off" else "relaxed_order")


def _within(name: str, value: int | None, bounds: tuple[int, int]) -> None:
    low, high = bounds
    if value is not None and not low <= value <= high:
        raise UsageError(f"{name} is between {low} and {high:,}, and not {value:,}.")
