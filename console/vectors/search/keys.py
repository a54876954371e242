"""The keys of rows: whether a table has one, and whether a text can be one."""

from __future__ import annotations

import re

from console.errors import StatementFailed, UsageError
from console.text import plural, sanitize
from console.vectors.column import VectorColumn
from console.vectors.search.question import Key

_OCTETS = {"smallint": 2, "integer": 4, "bigint": 8}
_FORMS = {
    "uuid": re.compile(r"\{?(?:[0-9a-fA-F]{4}-?){8}\}?"),
    "tid": re.compile(r"\(\s*\d{1,10}\s*,\s*\d{1,5}\s*\)"),
    "oid": re.compile(r"\d{1,10}"),
}
_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,19}\s*")


def check(column: VectorColumn, key: Key) -> None:
    """Raise UsageError for what can be no key of a column's table: with too few parts, of other types, of none."""
    if not column.key:
        raise UsageError(
            f"A row of {sanitize(column.table)} cannot be named: nothing is known that tells its rows apart.",
            hint="Search by the row's vector, pasted.",
        )
    if len(key) != len(column.key):
        raise UsageError(
            f"The key of {sanitize(column.table)} has {plural(len(column.key), 'part')}, and this has {len(key)}.",
            hint=_form(",".join(map(sanitize, column.key)), several=len(column.key) > 1),
        )
    for name, value in zip(column.key, key, strict=True):
        type_name = column.type_of(name)
        if not possible(value, type_name):
            table = sanitize(f"{column.schema}.{column.table}")
            raise UsageError(
                f"{sanitize(value)} is no {type_name}, as the key {sanitize(name)} of {table} is.",
                hint="The table has no key, so a row is named by where it lies: (0,7)." if column.placed else "",
            )


def refused(column: VectorColumn, key: Key, failure: StatementFailed) -> UsageError:
    """Return what to say of a key that the server could not take for a value of its type."""
    table = sanitize(f"{column.schema}.{column.table}")
    if len(key) == 1:
        type_name = sanitize(column.type_of(column.key[0]) or "value")
        title = f"{said(key)} is no {type_name}, as the key {sanitize(column.key[0])} of {table} is."
    else:
        title = f"{said(key)} cannot be a key of {table}."
    return UsageError(title, detail=failure.title)


def not_a_value(failure: StatementFailed) -> bool:
    """Tell whether the server could not read what it was given as a value of a type."""
    return (failure.sqlstate or "").startswith("22")


def possible(value: str, type_name: str) -> bool:
    """Return whether a text can be a value of a type, as far as that can be told without asking the server.

    >>> possible("-7", "integer"), possible("x", "bigint"), possible("70000", "smallint"), possible("x", "text")
    (True, False, False, True)
    >>> possible("(0,7)", "tid"), possible("7", "tid")
    (True, False)
    """
    if type_name in _FORMS:
        return _FORMS[type_name].fullmatch(value.strip()) is not None
    if type_name not in _OCTETS:
        return True
    return _WHOLE.fullmatch(value) is not None and abs(int(value)) < 1 << (_OCTETS[type_name] * 8 - 1)


def _form(names: str, *, several: bool) -> str:
    return f"Write it as {names}, and more than one as {names};{names}." if several else f"Write it as {names}."


def said(key: Key) -> str:
    """Return a key for a sentence."""
    return sanitize(", ".join(key))
