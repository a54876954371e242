"""Fuzzy finding of any object by its name: exact before prefix before start of a word before inside before scattered.

Two hundred thousand names lie in one text, so that a compiled pattern runs over all of them in milliseconds; only what
it finds is ranked. A dotted or spaced query names a path: "pub.kno.emb" finds public.knowledge_base.embedding. What
belongs to an extension is found too, and crowds nothing out: it stands behind all own that has the words in its name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from console.catalog.entries import Entry, Outline
from console.catalog.key import Kind
from console.catalog.lines import Lines, escape
from console.catalog.system import Standing

_PARENTS = 200  # of the relations that fit the middle of a path, how many are looked into
_LOOKED_AT = 5000  # of the lines that fit one way, how many are asked for their schema
_FIRST_KINDS = (Kind.SCHEMA, Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE)


class Fit(IntEnum):
    """How well a name fits, the best first."""

    EXACT = 0
    PREFIX = 1
    WORD = 2
    INSIDE = 3
    SCATTERED = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """One object found; `marks` are the places in its name that fit the last word of the query, from 0."""

    entry: Entry
    fit: Fit
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Needle:
    """One word of the query with its patterns, a pattern for each fit."""

    text: str
    patterns: tuple[re.Pattern[bytes], ...]

    @classmethod
    def of(cls, word: str) -> _Needle:
        folded = escape(word).casefold()
        exact = re.escape(folded.encode("utf-8", "surrogatepass"))
        scattered = re.escape(folded[:1].encode("utf-8", "surrogatepass")) + b"".join(map(_step, folded[1:]))
        texts = (rb"\n" + exact + rb"\n", rb"\n" + exact, rb"[^a-z0-9\x80-\xff\n]" + exact, exact, scattered)
        # What was written with its dots and spaces is a name as it stands.
        wanted = texts[:-1] if re.search(r"[\s.]", word) else texts
        return cls(folded, tuple(re.compile(text) for text in wanted))


def _step(sign: str) -> bytes:
    """Return a pattern for the next `sign` on the same line."""
    code = sign.encode("utf-8", "surrogatepass")
    if len(code) == 1 and code.isalnum():
        return b"[^" + code + rb"\n]*" + code
    return rb"[^\n]*?" + re.escape(code)


@dataclass(frozen=True, slots=True)
class _Found:
    line: int
    fit: int


def find(outline: Outline, words: str, limit: int = 50) -> tuple[Hit, ...]:
    """Return the objects that fit `words` best, the best first, at most `limit`.

    Whitespace and dots separate the steps of a path (schema, relation, part: any ending of it); a name that contains
    them is found as well when it is written out. An outline that is not complete is searched as far as it goes.
    """
    whole = words.strip().rstrip(".")
    path = re.split(r"[\s.]+", whole.lstrip("."))
    found: dict[int, int] = {}
    if whole:
        _keep(found, _alone(outline, _Needle.of(whole), limit))
    if len(path) > 1 and all(path):
        _keep(found, _along(outline, [_Needle.of(word) for word in path], limit))
    ranked = sorted(found.items(), key=lambda item: _rank(outline, *item))
    return tuple(_hit(outline, line, fit, path[-1], whole) for line, fit in ranked[:limit])


def _keep(found: dict[int, int], more: Iterable[_Found]) -> None:
    for each in more:
        found[each.line] = min(each.fit, found.get(each.line, each.fit))


def _alone(outline: Outline, needle: _Needle, limit: int) -> Iterator[_Found]:
    """Yield candidates by name alone, enough of the best fits; parts of relations after what stands in a schema."""
    regions = ((0, outline.relation_end), (outline.rest, len(outline)), (outline.relation_end, outline.rest))
    count = 0
    for fit, pattern in enumerate(needle.patterns):
        for first, end in regions:
            for line in _some(outline, _lines(outline.lines, pattern, first, end), limit * 4):
                count += not outline.extension_of(line)
                yield _Found(line, fit)
            if count >= limit and fit == Fit.SCATTERED:
                return
        if count >= limit:
            return


def _along(outline: Outline, needles: list[_Needle], limit: int) -> Iterator[_Found]:
    """Yield candidates by a path: schema and object, relation and part, or schema, relation and part."""
    upper, lower = needles[0], needles[1]
    schemas = _all(outline, upper, ((0, outline.schema_count),))
    if len(needles) == 2:
        yield from islice(_inside(outline, schemas, lower), limit * 4)
        relations = _all(outline, upper, ((outline.schema_count, outline.relation_end),))
        yield from islice(_parts(outline, relations, lower), limit * 4)
    elif len(needles) == 3:
        yield from islice(_parts(outline, _inside(outline, schemas, lower), needles[2]), limit * 4)


def _all(
    outline: Outline,
    needle: _Needle,
    regions: tuple[tuple[int, int], ...],
    schemas: Mapping[int, int] | None = None,
) -> list[_Found]:
    """Return the lines of the regions that fit, in the schemas if some are given, the best first, not too many."""
    parents = outline.lines.parents
    own: dict[int, int] = {}
    others: dict[int, int] = {}
    for fit, pattern in enumerate(needle.patterns):
        for first, end in regions:
            for line in _some(outline, _lines(outline.lines, pattern, first, end), _LOOKED_AT):
                if schemas is None or parents[line] in schemas:
                    (others if outline.extension_of(line) else own).setdefault(line, fit)
        if len(own) >= _PARENTS:
            break
    return [_Found(line, fit) for line, fit in islice((own | others).items(), _PARENTS)]


def _some(outline: Outline, lines: Iterator[int], limit: int) -> Iterator[int]:
    """Yield lines up to a limit for what is the database's own, and up to the same for what is an extension's."""
    own = others = 0
    for line in lines:
        is_own = not outline.extension_of(line)
        own, others = own + is_own, others + (not is_own)
        if is_own or others <= limit:
            yield line
        if own >= limit:
            return


def _inside(outline: Outline, schemas: list[_Found], needle: _Needle) -> list[_Found]:
    """Return what fits directly inside the schemas; it fits as well as the worse of the two."""
    fits = {schema.line: schema.fit for schema in schemas}
    regions = (*(_relations(outline, schema.line) for schema in schemas), (outline.rest, len(outline)))
    parents = outline.lines.parents
    found = _all(outline, needle, regions, fits)
    return [_Found(each.line, max(each.fit, fits[parents[each.line]])) for each in found]


def _relations(outline: Outline, schema: int) -> tuple[int, int]:
    """Return where the relations of a schema stand: together, since they are read in the order of their schemas."""
    parents, first, end = outline.lines.parents, outline.schema_count, outline.relation_end
    return bisect_left(parents, schema, first, end), bisect_right(parents, schema, first, end)


def _parts(outline: Outline, relations: list[_Found], needle: _Needle) -> Iterator[_Found]:
    """Yield what fits among the parts of the relations."""
    for relation in relations:
        place = relation.line - outline.schema_count
        if 0 <= place < len(outline.first_parts) - 1:
            region = (outline.first_parts[place], outline.first_parts[place + 1])
            for each in _all(outline, needle, (region,)):
                yield _Found(each.line, max(each.fit, relation.fit))


def _lines(lines: Lines, pattern: re.Pattern[bytes], first: int, end: int) -> Iterator[int]:
    """Yield the lines between two in which a pattern is found, each once."""
    if first >= end:
        return
    starts, position, stop = lines.starts, lines.starts[first] - 1, lines.starts[end]
    while match := pattern.search(lines.names, position, stop):
        # A match may begin with the line feed before its line.
        line = lines.at(match.start() + (lines.names[match.start()] == 0x0A))
        yield line
        position = starts[line + 1] - 1


def _rank(outline: Outline, line: int, fit: int) -> tuple[int, bool, int, bool, int, str]:
    """Order by fit, a person's own before folded schemas, what holds rows before the rest, short before long.

    Of what belongs to extensions, only a name said in full comes before what fits less well and is a person's own.
    """
    entry = outline.entry(line)
    folded = bool(entry.schema) and outline.standing(entry.schema) is not Standing.USER
    among = max(fit, Fit.INSIDE) if entry.extension and fit != Fit.EXACT else fit
    path = f"{entry.schema}.{entry.parent}.{entry.name}"
    is_later = folded or bool(entry.extension)
    return among, is_later, fit, entry.kind not in _FIRST_KINDS, len(entry.name), path


def _hit(outline: Outline, line: int, fit: int, word: str, whole: str) -> Hit:
    entry = outline.entry(line)
    marks = _marks(entry.name.casefold(), whole.casefold()) or _marks(entry.name.casefold(), word.casefold())
    same_length = len(entry.name.casefold()) == len(entry.name)
    return Hit(entry, Fit(fit), marks if same_length else ())


def _marks(name: str, word: str) -> tuple[int, ...]:
    """Return the places in a name that a word covers, together if possible, else scattered.

    >>> _marks("knowledge_base", "base"), _marks("knowledge_base", "kb"), _marks("id", "x")
    ((10, 11, 12, 13), (0, 10), ())
    """
    start = name.find(word)
    if start >= 0:
        return tuple(range(start, start + len(word)))
    places, position = [], -1
    for sign in word:
        position = name.find(sign, position + 1)
        if position < 0:
            return ()
        places.append(position)
    return tuple(places)
