"""How a column's values come to another type: by themselves, by a cast, or through text."""

from __future__ import annotations

import re

_FAMILIES = (
    frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision", "money"}),
    frozenset({"text", "character varying", "character", "name", '"char"'}),
    frozenset({"date", "timestamp without time zone", "timestamp with time zone"}),
    frozenset({"time without time zone", "time with time zone"}),
    frozenset({"json", "jsonb"}),
    frozenset({"inet", "cidr"}),
    frozenset({"bit", "bit varying"}),
    frozenset({"integer", "boolean"}),
    frozenset({"xml", "text"}),
)
_RANGES = frozenset({"int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange"})
_VECTORS = ("vector", "halfvec", "sparsevec")
_BY_ITSELF = (
    ("smallint", "integer", "bigint", "numeric", "real", "double precision"),
    ("character", "character varying", "text"),
    ("date", "timestamp without time zone", "timestamp with time zone"),
)
_MODIFIER = re.compile(r"\(\d+(?:,-?\d+)?\)")


def using(name: str, before: str, after: str) -> str:
    """Return the USING clause for a column, empty where the server needs none; `before` is empty for another world.

    >>> using("a", "integer", "bigint"), using("a", "text", "integer"), using("a", "", "public.mood")
    ('', ' USING a::integer', ' USING a::text::public.mood')
    """
    was, now = _bare(before), _bare(after)
    if was == now == "bit":
        return f" USING {name}::{after}"  # which takes no other length by itself
    if before and (was == now or _wider(was, now)):
        return ""
    if before and (way := _by_way_of(name, was, now)):
        return f" USING {way}::{after}"
    if before and _castable(was, now):
        return f" USING {name}::{after}"
    if before and now.endswith("[]") and not was.endswith("[]") and was not in _FAMILIES[1]:
        element = now.removesuffix("[]")
        return _wrapped(name, name if was == element or _castable(was, element) else f"{name}::text", after)
    if now in ("text", "text[]"):
        return f" USING {name}::{after}"
    return f" USING {name}::{'text[]' if after.endswith('[]') else 'text'}::{after}"


def through_text(name: str, before: str, after: str) -> str:
    """Return the USING clause for a column whose type, maybe of the same name, is another altogether.

    >>> through_text("a", "public.mood", "public.mood"), through_text("a", "public.mood[]", "public.mood[]")
    (' USING a::text::public.mood', ' USING a::text[]::public.mood[]')
    """
    if after.endswith("[]") and not before.endswith("[]") and _bare(before) not in _FAMILIES[1]:
        return _wrapped(name, f"{name}::text", after)
    return using(name, "", after)


def of_domains(name: str, bases: tuple[str, str], after: str) -> str:
    """Return the USING clause where a domain stands on one side or both; empty if only a way through text is sure.

    >>> of_domains("a", ("numeric(8,2)", "integer"), "public.amount"), of_domains("a", ("integer", "uuid"), "public.id")
    (' USING a::public.amount', '')
    """
    was, now = map(_bare, bases)
    if was.endswith("[]") != now.endswith("[]"):
        return ""
    was, now = was.removesuffix("[]"), now.removesuffix("[]")
    if {was, now} <= _FAMILIES[0] | {"boolean"}:
        return f" USING {(not bases[0].endswith('[]') and _by_way_of(name, was, now)) or name}::{after}"
    return f" USING {name}::{after}" if any({was, now} <= family for family in _FAMILIES) else ""


def _wrapped(name: str, value: str, after: str) -> str:
    """Return the USING clause that makes an array of a single value."""
    return f" USING CASE WHEN {name} IS NULL THEN NULL ELSE ARRAY[{value}]::{after} END"


def _by_way_of(name: str, was: str, now: str) -> str:
    """Return the value as a type that can be cast, where the type itself cannot; empty for all others."""
    numbers = _FAMILIES[0]
    if "money" in (was, now) and {was, now} <= numbers:
        return f"{name}::numeric"
    if "boolean" in (was, now) and (was in numbers or now in numbers):
        return f"{name}::integer"
    if now in _FAMILIES[4] and was not in (*_FAMILIES[1], *_FAMILIES[4], "unknown"):
        return f"pg_catalog.to_json({name})"
    if (now.rpartition(".")[2] in _VECTORS and was.endswith("[]")) or (
        was.rpartition(".")[2] in _VECTORS and now.endswith("[]")
    ):
        return name
    return ""


def narrows(before: str, after: str) -> bool:
    """Tell whether values are cut or rounded without a word; those that do not fit otherwise stop the statement.

    >>> narrows("text", "character varying(3)"), narrows("numeric(8,4)", "numeric(8,2)"), narrows("bigint", "integer")
    (True, True, False)
    """
    was, now = _bare(before), _bare(after)
    if was == now:
        shorter = was == "bit" and _length(after) < _length(before)
        return shorter or (was == "numeric" and _scale(after) < _scale(before))
    if now in _FAMILIES[1]:
        return was in _FAMILIES[1] and "(" in after
    if was in ("numeric", "real", "double precision"):
        return now in ("smallint", "integer", "bigint", "real") or (now == "numeric" and "(" in after)
    return was.startswith("timestamp") and now in ("date", "time without time zone")


def _scale(type_: str) -> float:
    match = re.search(r"\(\d+(?:,(-?\d+))?\)", type_)
    return float("inf") if match is None else int(match[1] or 0)


def _length(type_: str) -> int:
    match = re.search(r"\((\d+)\)", type_)
    return int(match[1]) if match is not None else 1


def _bare(type_: str) -> str:
    """Return a type without its modifier."""
    return _MODIFIER.sub("", type_)


def _wider(was: str, now: str) -> bool:
    return any(was in order and now in order and order.index(was) <= order.index(now) for order in _BY_ITSELF)


def _castable(was: str, now: str) -> bool:
    if was.endswith("[]") != now.endswith("[]"):
        return False
    was, now = was.removesuffix("[]"), now.removesuffix("[]")
    texts = _FAMILIES[1]
    if was in _RANGES and now == was.replace("range", "multirange"):
        return True
    return was in texts or now in texts or any(was in family and now in family for family in _FAMILIES)
