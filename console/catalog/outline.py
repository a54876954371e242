"""The small picture of a database for tree and search: every object's kind, names and oid, estimates beside relations.

Read in two steps of one round trip each: schemas and relations, with which a tree can be shown, and then everything
else that has a name; what belongs to an extension is known in both. No function is called that waits behind a lock (no
pg_get_* that opens a relation, no pg_*_size).
"""

from __future__ import annotations

import asyncio
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any

from console.catalog.entries import Entry, Outline
from console.catalog.key import Kind
from console.catalog.lines import KINDS, NOBODY, Lines, number
from console.catalog.reading import classes
from console.db.query import Query
from console.db.session import Session
from console.sql import queries

__all__ = ["Entry", "Outline", "complete", "read", "read_relations"]

_BATCH = 200  # relations between two breaths, so that a screen goes on while a large outline is made
_FIRST = ("schemas", "relations", "members")
_SECOND = ("columns", "column_types", "parts", "routines", "types", "others")
_RELATIONS = {
    "r": Kind.TABLE,
    "p": Kind.TABLE,
    "f": Kind.FOREIGN_TABLE,
    "v": Kind.VIEW,
    "m": Kind.MATERIALIZED_VIEW,
    "S": Kind.SEQUENCE,
}
_ROUTINES = {"f": Kind.FUNCTION, "w": Kind.FUNCTION, "p": Kind.PROCEDURE, "a": Kind.AGGREGATE}
_TYPES = {"e": "enum", "c": "composite", "r": "range", "b": "base", "p": "shell", "d": ""}
_PARTS = {
    "i": (Kind.INDEX, {"p": "primary key", "u": "unique"}),
    "c": (Kind.CONSTRAINT, {"p": "primary key", "u": "unique", "c": "check", "f": "foreign key", "x": "exclusion"}),
    "t": (Kind.TRIGGER, {"D": "disabled", "R": "replica", "A": "always"}),
    "p": (Kind.POLICY, {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}),
    "r": (Kind.RULE, {"1": "select", "2": "update", "3": "insert", "4": "delete"}),
    "s": (Kind.STATISTICS, {}),
}


# In which of PostgreSQL's catalogs a kind is kept that may belong to an extension; others belong to what holds them.
_CLASSES = {
    Kind.SCHEMA: classes.NAMESPACE,
    **dict.fromkeys(_RELATIONS.values(), classes.CLASS),
    **dict.fromkeys(_ROUTINES.values(), classes.PROC),
    Kind.TYPE: classes.TYPE,
    Kind.DOMAIN: classes.TYPE,
    Kind.COLLATION: classes.COLLATION,
    Kind.CONVERSION: classes.CONVERSION,
    Kind.EVENT_TRIGGER: classes.EVENT_TRIGGER,
    Kind.FOREIGN_DATA_WRAPPER: classes.FOREIGN_DATA_WRAPPER,
    Kind.LANGUAGE: classes.LANGUAGE,
    Kind.OPERATOR: classes.OPERATOR,
    Kind.OPERATOR_CLASS: classes.OPERATOR_CLASS,
    Kind.OPERATOR_FAMILY: classes.OPERATOR_FAMILY,
    Kind.SERVER: classes.FOREIGN_SERVER,
    Kind.TEXT_SEARCH_CONFIGURATION: classes.TS_CONFIG,
    Kind.TEXT_SEARCH_DICTIONARY: classes.TS_DICT,
    Kind.TEXT_SEARCH_PARSER: classes.TS_PARSER,
    Kind.TEXT_SEARCH_TEMPLATE: classes.TS_TEMPLATE,
}
_CATALOGS = tuple(_CLASSES.get(kind, 0) for kind in KINDS)


async def read(session: Session, *, system: bool = False) -> Outline:
    """Read everything that has a name, in one round trip."""
    return await complete(session, Outline(Lines(), system=system))


async def read_relations(session: Session, *, system: bool = False) -> Outline:
    """Read schemas and relations: enough for a tree. One round trip.

    `system` takes the objects of pg_catalog and information_schema in. Raises StatementFailed, ConnectionFailed.
    """
    schemas, relations, members = await session.read(*_ask(_FIRST, system=system), doing="reading the outline")
    outline = _relations(session, schemas, relations, system=system)
    _count(outline, members)
    return outline


async def complete(session: Session, outline: Outline) -> Outline:
    """Return the outline with columns, indexes, routines, types and all the rest. One round trip.

    The outline that is passed in stays as it is. Raises StatementFailed, ConnectionFailed.
    """
    asked = _ask((*_FIRST, *_SECOND), system=outline.system)
    schemas, relations, members, *others = await session.read(*asked, doing="reading the outline")
    full = _relations(session, schemas, relations, system=outline.system)
    columns, types, parts, routines, made, rarer = others
    await _add_parts(full, columns, parts, types)
    _add_rest(full, routines, made, rarer)
    _count(full, members)
    full.complete = True
    return full


def _ask(names: Sequence[str], *, system: bool) -> list[Query]:
    texts = [queries.load(f"outline/{name}") for name in names]
    return [Query(text, {"system": system} if "%(system)s" in text else None) for text in texts]


def _relations(session: Session, schemas: list[Any], relations: list[Any], *, system: bool) -> Outline:
    lines = Lines()
    places = {oid: lines.add(Kind.SCHEMA, oid, NOBODY, name) for name, oid in schemas}
    rows, pages = array("f"), array("I")
    for oid, schema, relkind, name, estimate, size, partition in relations:
        detail = "partitioned" if relkind == "p" else ""
        detail = f"{detail} partition".strip() if partition else detail
        lines.add(_RELATIONS[relkind], oid, places[schema], name, lines.place(detail))
        rows.append(estimate)
        pages.append(max(size, 0))
    provider = session.server.provider if session.server else ""
    outline = Outline(lines, provider, system, schema_count=len(places), relation_end=len(lines), rest=len(lines))
    outline.rows, outline.pages = rows, pages
    return outline


async def _add_parts(outline: Outline, columns: list[Any], parts: list[Any], types: list[Any]) -> None:
    """Append columns and other parts in the order of their relations."""
    lines = outline.lines
    type_places = {f"{oid} {modifier}": lines.place(name) for oid, modifier, name in types}
    columns_of, parts_of = dict(columns), dict(parts)
    firsts = array("I")
    for relation in range(outline.schema_count, outline.relation_end):
        firsts.append(len(lines))
        oid = lines.oids[relation]
        _add_columns(lines, relation, columns_of.get(oid, ""), type_places)
        _add_others(lines, relation, parts_of.get(oid, ""))
        if relation % _BATCH == 0:
            await asyncio.sleep(0)
    firsts.append(len(lines))
    outline.first_parts, outline.rest = firsts, len(lines)


def _add_columns(lines: Lines, relation: int, text: str, types: dict[str, int]) -> None:
    kind = number(Kind.COLUMN)
    for row in text.split("\n") if text else ():
        oid, modifier, name = row.split(" ", 2)
        lines.add_escaped(kind, 0, relation, name, types[f"{oid} {modifier}"])


def _add_others(lines: Lines, relation: int, text: str) -> None:
    for row in text.split("\n") if text else ():
        letter, oid, sort, name = row.split(" ", 3)
        kind, sorts = _PARTS[letter]
        lines.add_escaped(number(kind), int(oid), relation, name, lines.place(sorts.get(sort, "")))


def _add_rest(outline: Outline, routines: list[Any], types: list[Any], others: list[Any]) -> None:
    """Append what stands in a schema and is no relation, and what stands in none."""
    lines = outline.lines
    schemas = {lines.oids[line]: line for line in range(outline.schema_count)}
    for oid, schema, kind, name, arguments in routines:
        lines.add(_ROUTINES[kind], oid, schemas[schema], name, lines.place(arguments))
    for oid, schema, sort, name in types:
        kind = Kind.DOMAIN if sort == "d" else Kind.TYPE
        lines.add(kind, oid, schemas[schema], name, lines.place(_TYPES[sort]))
    for word, oid, schema, name, detail in others:
        lines.add(Kind(word), oid, schemas.get(schema, NOBODY), name, lines.place(detail))


def _count(outline: Outline, members: list[Any]) -> None:
    """Find out what belongs to extensions, and count the rest by schema and kind: NOBODY's line for what is in none."""
    lines = outline.lines
    outline.members = _members(outline, members)
    counted: Counter[tuple[int, int]] = Counter()
    for first, end in outline.regions:
        counted.update(zip(lines.parents[first:end], lines.kinds[first:end], strict=True))
    counted.subtract((lines.parents[line], lines.kinds[line]) for line in outline.members)
    outline.counts = {(parent, KINDS[kind]): count for (parent, kind), count in counted.items() if count > 0}


def _members(outline: Outline, rows: list[Any]) -> dict[int, str]:
    """Return the lines of what belongs to an extension, with its name."""
    extensions = {(catalog, int(oid)): name for name, catalog, oids in rows for oid in oids.split(" ")}
    oids, kinds, some = outline.lines.oids, outline.lines.kinds, {oid for _, oid in extensions}
    found: dict[int, str] = {}
    for first, end in ((0, outline.schema_count), *outline.regions):
        maybe = [line for line, oid in enumerate(oids[first:end], first) if oid in some]
        keys = ((line, (_CATALOGS[kinds[line]], oids[line])) for line in maybe)
        found |= {line: extensions[key] for line, key in keys if key in extensions}
    return found
