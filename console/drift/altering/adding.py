"""A column that comes to a table that is there: with its default for the rows that are there, and its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from console.catalog.ddl.columns import attributes, defined, not_valid
from console.catalog.model import Column, Domain, Key, Kind, Routine, Table
from console.drift.altering import above, carrying, columns, lending
from console.drift.ground import Ground, holds_rows
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident

_LIMITED = re.compile(r"(?:character|character varying|bit|bit varying)\((\d+)\)")
_DIGITS = re.compile(r"numeric\((\d+),(-?\d+)\)")
_NUMBER = re.compile(r"\(?'?-?0*(\d+)(?:\.\d+)?'?\)?(?:::[\w\" ]+)?")
_TEXT = re.compile(r"B?'((?:[^']|'')*)'(?:::[\w\" ]+)?")
_CALL = re.compile(r"\w\(|\b(?:CURRENT|SESSION)_|\bUSER\b")
_SETTING = "current_setting("
_READING = (Kind.VIEW, Kind.MATERIALIZED_VIEW)
_NAME = 63  # bytes that no name of a user, database or schema has more of


def added(ground: Ground, key: Key) -> tuple[Piece, ...]:
    """Return how a column is added."""
    column, relation = ground.b.column(key), ground.b.relation(key)
    assert column is not None
    assert relation is not None
    stand_in = lending.lender(ground, key)
    name = dotted(relation.schema, relation.name)
    if stand_in is not None:
        texts = [*carrying.added(ground, key, stand_in)]
        texts += attributes(f"TABLE ONLY {name}", (column,), {}, version=ground.b.catalog.version)
        return (Piece("add", tuple(texts), lets_go=False),)
    sort = columns.sort_of(relation)
    late = _reads_itself(ground, key, column)
    plain = replace(column, default=None) if late else column
    waited = late or above.is_waited_for(ground, key)
    plain = replace(plain, not_null=None) if waited else plain
    texts = [*_come(ground, key, plain, relation)]
    texts += attributes(f"{sort} ONLY {name}", (column,), {}, version=ground.b.catalog.version)
    texts += not_valid(f"{sort} {name}", (column,), relation.name)
    default = (_default(f"{sort} {name}", column),) if late else ()
    rule = columns.not_null_of(ground, key, plain, column) if waited and column.not_null is not None else ()
    return (Piece("add", tuple(texts), lets_go=False), *default, *rule)


def _default(table: str, column: Column) -> Piece:
    """Return how a column that is there gets its default, and the rows with it."""
    name = ident(column.name)
    texts = f"ALTER {table} ALTER COLUMN {name} SET DEFAULT {column.default}", _filled(table.partition(" ")[2], column)
    return Piece("default", texts, lets_go=False)


def _filled(table: str, column: Column) -> str:
    return f"UPDATE {table} SET {ident(column.name)} = DEFAULT"  # noqa: S608 - quoted


def _reads_itself(ground: Ground, key: Key, column: Column) -> bool:
    """Tell whether a default calls what reads the column itself, such as a function over a view of its table."""
    if column.default is None or column.generated:
        return False
    seen: set[Key] = set()
    todo = [key]
    while todo:
        for needed in ground.b.needed.get(todo.pop(), ()):
            if needed == key:
                return True
            over = ground.b.relation(needed) if needed.kind is Kind.COLUMN else None
            read = over if over is not None and over.kind in _READING else needed
            if read not in seen:
                seen.add(read)
                todo.append(read)
    return False


def _come(ground: Ground, key: Key, column: Column, relation: Key) -> Iterator[str]:
    """Say that a column comes, with its default at once where the server can."""
    name = dotted(relation.schema, relation.name)
    head = f"ALTER {columns.sort_of(relation)} {name}"
    made = ground.b.catalog.objects[relation]
    valued = column.default is not None and not column.generated
    if valued and holds_rows(ground, relation):
        yield from _in_steps(head, column, _filled(name, column))
    elif valued and isinstance(made, Table) and _is_too_long(ground, column):
        yield from _in_steps(head, column, "")
    elif valued and isinstance(made, Table) and _may_fail(ground, key, column):
        collation = f" COLLATE {column.collation}" if column.collation else ""
        typed = f"{head} ALTER COLUMN {ident(column.name)} TYPE {column.type}{collation} USING {column.default}"
        yield from _in_steps(head, column, typed)
    else:
        persistence = made.persistence if isinstance(made, Table) else "p"
        yield f"{head} ADD COLUMN {defined(column, persistence=persistence)}"


def _in_steps(head: str, column: Column, filling: str) -> Iterator[str]:
    """Add a column, give its default to the rows that are there, and only then to those that come."""
    name = ident(column.name)
    yield f"{head} ADD COLUMN {defined(replace(column, default=None, not_null=None))}"
    if filling.startswith("ALTER"):
        yield filling
    yield f"{head} ALTER COLUMN {name} SET DEFAULT {column.default}"
    if filling.startswith("UPDATE"):
        yield filling
    if column.not_null is not None and column.not_null.validated:
        yield f"{head} ALTER COLUMN {name} SET NOT NULL"


def _is_too_long(ground: Ground, column: Column) -> bool:
    """Tell whether a default is a text or a number that does not fit, so that no row could have it."""
    type_, default = _base(ground, column.type), column.default or ""
    limit, text = _LIMITED.fullmatch(type_), _TEXT.fullmatch(default)
    if limit is not None and text is not None:
        length = len(text[1].replace("''", "'").rstrip(" "))
        return length != int(limit[1]) if type_.startswith("bit(") else length > int(limit[1])
    digits, number = _DIGITS.fullmatch(type_), _NUMBER.fullmatch(default)
    return digits is not None and number is not None and len(number[1]) > int(digits[1]) - int(digits[2])


def _base(ground: Ground, type_: str) -> str:
    """Return what a domain is of, and of any other type itself."""
    domains = {dotted(each.key.schema, each.key.name): each.base for each in ground.b.catalog.of(Domain)}
    while type_ in domains:
        type_ = domains[type_]
    return type_


def _may_fail(ground: Ground, key: Key, column: Column) -> bool:
    """Tell whether a default may fail: the server evaluates what is not volatile at once, though there be no row."""
    default = column.default or ""
    if _SETTING in default and ", true)" not in default:
        return True
    called = (ground.b.catalog.objects.get(each) for each in ground.b.needed.get(key, ()) if each.kind is Kind.FUNCTION)
    if any(isinstance(each, Routine) and each.volatility != "v" for each in called):
        return True
    limit = _LIMITED.fullmatch(_base(ground, column.type))
    return limit is not None and int(limit[1]) < _NAME and _CALL.search(default) is not None
