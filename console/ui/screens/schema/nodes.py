"""The outline as nodes of the tree: schemas, the kinds in them with their counts, objects with rows and sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from console.catalog.entries import Entry, Outline
from console.catalog.key import Key, Kind
from console.catalog.system import Standing
from console.text import count, size
from console.ui.widgets.outline import Node

GLYPHS = {
    Kind.SCHEMA: "◫",
    Kind.TABLE: "▦",
    Kind.FOREIGN_TABLE: "▨",
    Kind.VIEW: "◇",
    Kind.MATERIALIZED_VIEW: "◆",
    Kind.SEQUENCE: "№",
    Kind.FUNCTION: "ƒ",
    Kind.PROCEDURE: "ƒ",
    Kind.AGGREGATE: "Σ",
    Kind.TYPE: "τ",
    Kind.DOMAIN: "τ",
    Kind.INDEX: "#",
    Kind.CONSTRAINT: "✓",
    Kind.TRIGGER: "↯",
    Kind.POLICY: "¶",
    Kind.COLUMN: "·",
    Kind.EXTENSION: "+",
}
_TONES = {
    Kind.TABLE: "key",
    Kind.FOREIGN_TABLE: "key",
    Kind.VIEW: "good",
    Kind.MATERIALIZED_VIEW: "good",
    Kind.FUNCTION: "function",
    Kind.PROCEDURE: "function",
    Kind.AGGREGATE: "function",
    Kind.TYPE: "type",
    Kind.DOMAIN: "type",
}
_PLURALS = {
    Kind.INDEX: "indexes",
    Kind.POLICY: "policies",
    Kind.FOREIGN_DATA_WRAPPER: "foreign-data wrappers",
    Kind.OPERATOR_CLASS: "operator classes",
    Kind.OPERATOR_FAMILY: "operator families",
    Kind.TEXT_SEARCH_DICTIONARY: "text search dictionaries",
    Kind.DEFAULT_PRIVILEGES: "default privileges",
    Kind.STATISTICS: "statistics",
}
_ORDER = (
    *(Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.FUNCTION, Kind.PROCEDURE),
    *(Kind.AGGREGATE, Kind.TYPE, Kind.DOMAIN, Kind.SEQUENCE),
)
FOLDED = ("folded",)
_FOLDED = FOLDED[0]
_HELD_BY_DATABASE = "database"
_MOST_UNFOLDED = 12  # schemas that are unfolded at the start
_MOST_TABLES = 60  # tables of one that are: one looks at all of a small database, and at the schemas of a large one

Path = tuple[object, ...]


def roots(outline: Outline) -> tuple[Node, ...]:
    """Return a person's schemas, then what belongs to the database, then all other schemas folded into one node.

    What belongs to an extension hangs from the extension, which is the database's, and not from its schema.
    """
    own = [schema for schema in outline.schemas if outline.standing(schema.name) is Standing.USER]
    others = [schema for schema in outline.schemas if outline.standing(schema.name) is not Standing.USER]
    nodes = [_schema(outline, schema) for schema in own]
    if outline.kinds(None):
        nodes.append(Node(_HELD_BY_DATABASE, "database", "◉", "faint", children=lambda: _kinds(outline, None)))
    if others:
        below = tuple(_schema(outline, schema) for schema in others)
        name, number = "system and provider schemas", (count(len(others)),)
        nodes.append(Node(_FOLDED, name, "…", "faint", asides=number, children=lambda: below))
    return tuple(nodes)


def unfolded(outline: Outline) -> tuple[object, ...]:
    """Return the keys to unfold at the start: schemas with their tables, while that fits a screen."""
    own = [schema for schema in outline.schemas if outline.standing(schema.name) is Standing.USER]
    keys: list[object] = []
    for schema in own if len(own) <= _MOST_UNFOLDED else ():
        tables = dict(outline.kinds(schema)).get(Kind.TABLE, 0)
        keys.append(_schema_key(schema.name))
        if tables <= _MOST_TABLES or len(own) == 1:
            keys.append(_kind_key(schema.name, Kind.TABLE))
    return tuple(keys)


def at(outline: Outline, kind: str, oid: int) -> Entry | None:
    """Return the object of an oid; `kind` is as pg_identify_object says it, which calls a domain a type."""
    kinds = (Kind.TYPE, Kind.DOMAIN) if kind.endswith("type") else tuple(each for each in Kind if each.value == kind)
    return next((entry for each in kinds if (entry := outline.find_oid(each, oid)) is not None), None)


def path(outline: Outline, entry: Entry) -> Path:
    """Return the keys that lead from a root to an entry."""
    if entry.kind is Kind.SCHEMA:
        return (*_above(outline, entry.name), _schema_key(entry.name))
    if entry.parent:
        return (*path(outline, outline.entry(outline.lines.parents[entry.line])), entry.key)
    if entry.extension:
        extension = Key(Kind.EXTENSION, "", entry.extension)
        above: Path = (_HELD_BY_DATABASE, _kind_key("", Kind.EXTENSION), extension)
        return (*above, _member_key(entry.extension, entry.kind), entry.key)
    above = (*_above(outline, entry.schema), _schema_key(entry.schema)) if entry.schema else (_HELD_BY_DATABASE,)
    return (*above, _kind_key(entry.schema, entry.kind), entry.key)


def plural(kind: Kind) -> str:
    """Return the kind's name for many.

    >>> plural(Kind.TABLE), plural(Kind.INDEX)
    ('tables', 'indexes')
    """
    return _PLURALS.get(kind, f"{kind}s")


def _above(outline: Outline, schema: str) -> Path:
    return () if outline.standing(schema) is Standing.USER else (_FOLDED,)


def _schema_key(name: str) -> object:
    return ("schema", name)


def _kind_key(schema: str, kind: Kind) -> object:
    return ("kind", schema, kind)


def _member_key(extension: str, kind: Kind) -> object:
    return ("member kind", extension, kind)


def _schema(outline: Outline, schema: Entry) -> Node:
    number = sum(many for _, many in outline.kinds(schema))
    extensions = outline.extensions_in(schema)
    return Node(
        key=_schema_key(schema.name),
        name=schema.name,
        glyph=GLYPHS[Kind.SCHEMA],
        tone="accent",
        detail=f"of {', '.join(extensions)}" if extensions and not number else "",
        asides=(count(number),),
        children=(lambda: _kinds(outline, schema)) if number else None,
        subject=schema,
    )


def _kinds(outline: Outline, schema: Entry | None) -> Sequence[Node]:
    kinds = sorted(outline.kinds(schema), key=lambda each: _rank(each[0]))
    return tuple(_kind(outline, schema, kind, number) for kind, number in kinds if kind is not Kind.SCHEMA)


def _rank(kind: Kind) -> tuple[int, str]:
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)


def _kind(outline: Outline, schema: Entry | None, kind: Kind, number: int) -> Node:
    return Node(
        key=_kind_key(schema.name if schema else "", kind),
        name=plural(kind).capitalize(),
        asides=(count(number),),
        children=lambda: tuple(_object(outline, entry) for entry in outline.children(schema, kind)),
    )


def _object(outline: Outline, entry: Entry, name: str = "") -> Node:
    return Node(
        key=entry.key,
        name=name or entry.name,
        glyph=GLYPHS.get(entry.kind, "·"),
        tone=_TONES.get(entry.kind, "faint"),
        detail=_detail(entry),
        asides=_asides(outline, entry),
        children=_below(outline, entry),
        subject=entry,
    )


def _below(outline: Outline, entry: Entry) -> Callable[[], Sequence[Node]] | None:
    """Return what gives the parts of a relation or the kinds of an extension's members; None for what has none."""
    if entry.kind is Kind.EXTENSION and outline.member_kinds(entry.name):
        return lambda: _member_kinds(outline, entry.name)
    if entry.kind in (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE):
        return lambda: tuple(_object(outline, part) for part in outline.parts(entry))
    return None


def _member_kinds(outline: Outline, extension: str) -> Sequence[Node]:
    kinds = sorted(outline.member_kinds(extension), key=lambda each: _rank(each[0]))
    return tuple(
        Node(
            key=_member_key(extension, kind),
            name=plural(kind).capitalize(),
            asides=(count(number),),
            children=partial(_members, outline, extension, kind),
        )
        for kind, number in kinds
    )


def _members(outline: Outline, extension: str, kind: Kind) -> Sequence[Node]:
    """Return what belongs to an extension and is of one kind, with the schemas where there are several."""
    entries = outline.members_of(extension, kind)
    dotted = len({entry.schema for entry in entries}) > 1
    return tuple(_object(outline, each, f"{each.schema}.{each.name}" if dotted else "") for each in entries)


def _detail(entry: Entry) -> str:
    if entry.kind in (Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE):
        return f"({entry.detail})"
    return entry.detail


def _asides(outline: Outline, entry: Entry) -> tuple[str, ...]:
    if entry.kind is Kind.EXTENSION:
        number = sum(many for _, many in outline.member_kinds(entry.name))
        return (count(number),) if number else ()
    if entry.kind not in (Kind.TABLE, Kind.MATERIALIZED_VIEW):
        return ()
    return (size(entry.bytes) if entry.bytes else "", count(entry.rows) if entry.rows is not None else "")


_VECTORS = re.compile(r"(?:.*\.)?(?:vector|halfvec|sparsevec)(?:\(\d+\))?")


def has_vectors(outline: Outline, relation: Entry) -> bool:
    """Return whether a relation has a column of one of pgvector's types."""
    columns = (each for each in outline.parts(relation) if each.kind is Kind.COLUMN)
    return any(_VECTORS.fullmatch(each.detail) for each in columns)
