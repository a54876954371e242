"""Finds the objects of a catalog that a person names: `users`, `app.users`, `area(integer)`, one schema."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from console.catalog.model import Catalog, Index, Key, Kind
from console.errors import UsageError

_NEAR = 3
_PART = re.compile(r'"((?:[^"]|"")+)"|([^".(\s][^".(]*)')
_WORD = re.compile(rf"\s*(?P<name>(?:{_PART.pattern})(?:\.(?:{_PART.pattern}))*)(?:\((?P<args>.*)\))?\s*", re.S)


def find(catalog: Catalog, word: str) -> tuple[Key, ...]:
    """Return the objects of that name: all overloads of a routine, all of one schema.

    Names may be quoted, qualified by their schema or their table, and followed by argument types in brackets. Raises
    UsageError when there is none (with the nearest names), or when several schemas have one.
    """
    found = [key for key in catalog.objects if _is_meant(key, word)]
    if not found:
        raise UsageError(f"There is no object called {word}.", hint=_suggestion(word, _names(catalog)))
    schemas = sorted({key.schema for key in found})
    if len(schemas) > 1:
        places = ", ".join(sorted({str(key) for key in found}))
        raise UsageError(f"There are several objects called {word}.", detail=places, hint="Say the schema as well.")
    return tuple(key for key in found if not _is_said_by_constraint(catalog, key, found))


def narrowed(catalog: Catalog, schema: str) -> Catalog:
    """Return a catalog of one schema and what is in it. Raises UsageError when there is no such schema."""
    schemas = [key.name for key in catalog.objects if key.kind is Kind.SCHEMA]
    if schema not in schemas:
        raise UsageError(f"There is no schema called {schema}.", hint=_suggestion(schema, schemas))
    within = {key: made for key, made in catalog.objects.items() if schema in (key.schema, _own_name(key))}
    return replace(catalog, objects=within, locked={key: pid for key, pid in catalog.locked.items() if key in within})


def _own_name(key: Key) -> str:
    return key.name if key.kind is Kind.SCHEMA else ""


def _is_meant(key: Key, word: str) -> bool:
    if word and word in (key.name, str(key)):
        return True
    match = _WORD.fullmatch(word)
    if match is None:
        return False
    parts = tuple((quoted or "").replace('""', '"') or plain for quoted, plain in _PART.findall(match["name"].strip()))
    ways = ((key.name,), (key.schema, key.name), (key.parent, key.name), (key.schema, key.parent, key.name))
    return parts in ways and (match["args"] is None or _same_arguments(key.args, match["args"]))


def _same_arguments(known: str, said: str) -> bool:
    """Compare arguments, names and modes of which may be left out.

    >>> _same_arguments("a integer, OUT b text", "integer, text"), _same_arguments("a integer", "text")
    (True, False)
    """
    one, other = ([part.strip() for part in text.split(",") if part.strip()] for text in (known, said))
    return len(one) == len(other) and all(a == b or a.endswith(f" {b}") for a, b in zip(one, other, strict=True))


def _is_said_by_constraint(catalog: Catalog, key: Key, found: Sequence[Key]) -> bool:
    made = catalog.objects[key]
    return isinstance(made, Index) and made.constraint is not None and made.constraint in found


def _names(catalog: Catalog) -> list[str]:
    return sorted({name for key in catalog.objects for name in (key.name, f"{key.schema}.{key.name}") if key.name})


def _suggestion(word: str, names: Sequence[str]) -> str:
    near = get_close_matches(word, names, n=_NEAR, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else "`dbconsole inspect` lists what there is."
