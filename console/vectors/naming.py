"""Which column of vectors a person means by a name, and what to say when there is none or more than one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from console.errors import UsageError
from console.sql.quoting import dotted
from console.text import sanitize
from console.vectors.column import VectorColumn

_PART = r'"(?:[^"]|"")+"|[^".\s][^".]*'
_WORD = re.compile(rf"\s*({_PART})(?:\.({_PART}))?(?:\.({_PART}))?\s*")
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of one of the names that were said, with its columns: name, type, "true" where it may be read."""

    schema: str
    table: str
    usable: bool
    columns: Sequence[Sequence[str]]


def parts(word: str) -> tuple[str, ...]:
    """Return the names in a dotted word; one in double quotes may hold dots. Raises UsageError.

    >>> parts("public.articles"), parts('"My.Table"."say ""hi\"""')
    (('public', 'articles'), ('My.Table', 'say "hi"'))
    """
    match = _WORD.fullmatch(word)
    if match is None:
        raise UsageError(
            f"{sanitize(word) or 'An empty text'} is no name of a table or column.",
            hint="Write [SCHEMA.]TABLE[.COLUMN], a name with dots or blanks in double quotes.",
        )
    return tuple(_plain(part) for part in match.groups() if part)


def _plain(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part.strip()


def meant(columns: Iterable[VectorColumn], names: Sequence[str], word: str) -> VectorColumn | None:
    """Return the column that is meant, None when there is none. Raises UsageError when it may be several."""
    whole, of_table, of_column = [], [], []
    for column in columns:
        if tuple(names) == (column.schema, column.table, column.name):
            whole.append(column)
        if tuple(names) in ((column.schema, column.table), (column.table,)):
            of_table.append(column)
        if tuple(names) == (column.table, column.name):
            of_column.append(column)
    found = whole or [*of_table, *(each for each in of_column if each not in of_table)]
    if len(found) > 1:
        raise UsageError(_several(word, of_table, of_column), detail=said(found), hint=_written(found[0]))
    return found[0] if found else None


def _several(word: str, of_table: Sequence[VectorColumn], of_column: Sequence[VectorColumn]) -> str:
    name = sanitize(word)
    if of_table and of_column:
        return f"{name} may be schema and table, or table and column: both are there."
    tables = {(each.schema, each.table) for each in of_table or of_column}
    if len(tables) > 1:
        return f"Several schemas have a table called {name}."
    return f"{name} has several columns of vectors."


def said(columns: Iterable[VectorColumn]) -> str:
    """Return the full names, quoted where SQL wants it, harmless for a terminal."""
    return ", ".join(sanitize(_quoted(each)) for each in columns)


def _written(column: VectorColumn) -> str:
    return f"Say it in full, such as {sanitize(_quoted(column))}."


def _quoted(column: VectorColumn) -> str:
    return dotted(column.schema, column.table, column.name)


def absent(word: str, names: Sequence[str], named: Sequence[Relation], columns: Sequence[VectorColumn]) -> UsageError:
    """Return what to say of a name that no column of vectors has; `named` are relations that have one of its parts."""
    hint = _nearest(names, columns)
    for relation in named:
        if (why := _why(relation, names)) is not None:
            return UsageError(why, hint=hint)
    return UsageError(f"There is no table or column of vectors called {sanitize(word)}.", hint=hint)


def _why(relation: Relation, names: Sequence[str]) -> str | None:
    """Say why a relation that is there has no such column of vectors, None when another is meant."""
    label = sanitize(dotted(relation.schema, relation.table))
    table, column = _fitting(relation, names)
    if not table:
        return None
    if not relation.usable:
        return f"This role may not use the schema {sanitize(relation.schema)}, in which {label} is."
    if column is None:
        return f"{label} has no column of vectors that this role may read."
    types = {name: (type_, readable) for name, type_, readable in relation.columns}
    if column not in types:
        return f"{label} has no column {sanitize(column)}."
    type_, readable = types[column]
    if readable != "true":
        return f"This role may not read the column {sanitize(column)} of {label}."
    return f"The column {sanitize(column)} of {label} is of type {sanitize(type_)}: there are no vectors in it."


def _fitting(relation: Relation, names: Sequence[str]) -> tuple[bool, str | None]:
    """Return whether a relation is the one that is named, and which column of it."""
    if tuple(names) in ((relation.table,), (relation.schema, relation.table)):
        return True, None
    if tuple(names[:-1]) in ((relation.table,), (relation.schema, relation.table)):
        return True, names[-1]
    return False, None


def _nearest(names: Sequence[str], columns: Sequence[VectorColumn]) -> str:
    """Suggest what is there: the names that look alike, else some of all."""
    if not columns:
        return ""
    ways = {way: each for each in columns for way in _ways(each)}
    near = get_close_matches(".".join(names).lower(), ways, n=_NEAR, cutoff=0.6)
    chosen = list(dict.fromkeys(ways[way] for way in near))
    if chosen:
        return f"Did you mean {' or '.join(sanitize(_quoted(each)) for each in chosen)}?"
    rest = f" and {len(columns) - _NEAR} more" if len(columns) > _NEAR else ""
    return f"There are {said(columns[:_NEAR])}{rest}." if len(columns) > 1 else f"There is {said(columns)}."


def _ways(column: VectorColumn) -> tuple[str, ...]:
    schema, table, name = (part.lower() for part in (column.schema, column.table, column.name))
    return table, f"{schema}.{table}", f"{table}.{name}", f"{schema}.{table}.{name}"
