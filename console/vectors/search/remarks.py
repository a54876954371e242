"""What is to be said about an answer: why it has fewer rows than asked for, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.sql.quoting import ident
from console.text import cut, plural, sanitize
from console.vectors.column import VectorIndex
from console.vectors.search.approach import Search
from console.vectors.search.fulltext import Document
from console.vectors.search.hit import Plan
from console.vectors.search.knobs import EF_SEARCH, iterative_there

_WORDS_UP_TO = 200  # cells of a sentence
_BEHIND = "The condition is looked at only behind the index, which may miss some: an exact search compares all rows."
_UNSEEN = "Of this table a policy (row-level security) shows this role only some of the rows."
Looked = Mapping[str, str]  # the settings that held, by name


def whole(asked: Search, hits: int, plan: Plan | None, looked: Looked) -> tuple[str, ...]:
    """Say what an answer with nothing missing owes to reading on."""
    if hits < asked.question.k:
        return all_there_are(asked, hits)
    if asked.conditional and not asked.exact and plan is not None and plan.index and _filters(plan, asked):
        return (_BEHIND,)
    looked_at = int(looked.get("hnsw.ef_search", EF_SEARCH))
    if asked.exact or not _by("hnsw", asked):
        return ()
    if hits > looked_at and plan is not None and plan.index:
        return (
            f"The index looks at {plural(looked_at, 'row')} (ef_search), and {hits} were wanted: it was read on by "
            "iterative scan.",
        )
    raised = "hnsw.ef_search" in looked and asked.question.knobs.ef_search is None
    if raised and asked.question.k > EF_SEARCH and not asked.conditional:
        return (f"{hits} rows were wanted, so an index looks at {looked_at} for this search (ef_search).",)
    return ()


def _filters(plan: Plan, asked: Search) -> bool:
    """Tell whether rows that an index gives are looked at once more; a partial one may hold just what is wanted."""
    there = f"Filter: ({ident(asked.column.name)} IS NOT NULL)"
    return any(line.strip().startswith("Filter: ") and line.strip() != there for line in plan.text)


def all_there_are(asked: Search, hits: int) -> tuple[str, ...]:
    """Say that fewer rows than wanted are all."""
    if hits >= asked.question.k:
        return ()
    unseen = (_UNSEEN,) if asked.column.row_security else ()
    row = "other row" if asked.without else "row"
    several = asked.column.dimensions is None and asked.operand.dimensions is not None
    limits = [
        f"have a vector of {asked.operand.dimensions} numbers" if several else "have a vector",
        *(["meet the condition"] if asked.question.where.strip() else []),
        *(["are near enough"] if asked.question.within is not None else []),
    ]
    said = limits[0] if len(limits) == 1 else " and ".join([*limits[1:]])
    if hits == 0:
        return (f"No {row}s {said}.", *unseen)
    verb = said if hits != 1 else said.replace("have", "has").replace("meet", "meets").replace("are", "is")
    return (f"Only {plural(hits, row)} {verb}.", *unseen)


def mended(asked: Search, before: int, after: int, index: str, looked: Looked) -> tuple[str, ...]:
    """Say that an index gave too few rows, and that all were read instead."""
    if before >= asked.question.k:
        return (f"{_ended(index)} All rows were compared instead.",)
    return (f"{_gave(asked, before, index, looked)} All rows were compared instead: {after} found.",)


def left_out(asked: Search, hits: int, index: str, looked: Looked, *, tried: bool = False) -> tuple[str, ...]:
    """Say that an index gave too few rows, and what would find the others."""
    if hits >= asked.question.k:
        return (f"{_ended(index)} There may be nearer rows: an exact search finds them.",)
    what = "Comparing all rows took too long." if tried else f"Others may be there: {_remedy(asked)}."
    return (f"{_gave(asked, hits, index, looked)} {what}",)


def of_distances(distances: Sequence[str | None], beyond: bool = False) -> tuple[str, ...]:
    """Say that some distances are no numbers; `beyond`, that the squares of what is asked by leave single precision."""
    if beyond or any(distance in ("Infinity", "-Infinity") for distance in distances):
        return (
            "pgvector computes in single precision, which cannot hold the squares of such numbers: these distances and "
            "their order are not to be relied on.",
        )
    without = sum(distance is None or distance == "NaN" for distance in distances)
    if not without:
        return ()
    if without == len(distances):
        return ("No distance is a number: the vector that was asked by is nothing but zeros, or all others are.",)
    return (f"{plural(without, 'row')} at the end {'has' if without == 1 else 'have'} no distance: nothing but zeros.",)


def of_text(document: Document, understood: str | None, hits: int, k: int) -> tuple[str, ...]:
    """Say what full text search makes of the words, and how it reads."""
    if not understood:
        return (f"Full text search ({sanitize(document.configuration)}) leaves such words out: nothing is looked for.",)
    slow = () if document.indexed else (_unindexed(document),)
    if hits == 0:
        several = " & " in understood
        hint = " Write or between them for any of them." if several else ""
        words = cut(sanitize(understood), _WORDS_UP_TO)
        what = "all the words" if several else "the phrase" if " <-> " in understood else "the word"
        return (f"No row has {what} {words}.{hint}", *slow)
    return slow


def of_hybrid(document: Document, understood: str | None) -> tuple[str, ...]:
    """Say what full text search has no part in."""
    if not understood:
        return (
            f"Full text search ({sanitize(document.configuration)}) leaves such words out: these are by meaning alone.",
        )
    return () if document.indexed else (_unindexed(document),)


def _unindexed(document: Document) -> str:
    texts = ", ".join(map(sanitize, document.texts)) or "the text"
    return f"Full text search read all rows: no index has {texts}, by configuration {sanitize(document.configuration)}."


def _ended(index: str) -> str:
    return f"The index {index} came to its end with the condition, before there was enough to choose from."


def _gave(asked: Search, hits: int, index: str, looked: Looked) -> str:
    return f"The index {index} gave only {hits} of {asked.question.k} rows, {_why(asked, looked)}."


def _why(asked: Search, looked: Looked) -> str:
    if asked.question.where.strip():
        return "since the condition is looked at only behind it"
    if asked.question.within is not None:
        return "since the largest distance is looked at only behind it"
    if _by("ivfflat", asked):
        return f"since it looks into {plural(int(looked.get('ivfflat.probes', 1)), 'list')} (probes)"
    return f"since it looks at {plural(int(looked.get('hnsw.ef_search', EF_SEARCH)), 'row')} (ef_search)"


def _remedy(asked: Search) -> str:
    if asked.question.knobs.iterative == "off" and iterative_there(asked.column.version):
        return "an iterative scan finds them, and so does an exact search"
    knob = "probes" if _by("ivfflat", asked) else "ef_search"
    return f"a larger {knob} finds more of them, an exact search all"


def _by(method: str, asked: Search) -> bool:
    usable: tuple[VectorIndex, ...] = asked.indexes or asked.column.indexes
    return bool(usable) and usable[0].method == method
