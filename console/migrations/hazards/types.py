"""Whether a column's new type makes PostgreSQL write its table anew: what is certain, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from console.migrations.hazards.known import Type
from console.sql.grammar import Fields, words

_TIMES = ("timestamp", "timestamptz", "time", "timetz")
_FINEST = 6  # digits of a second
# Types whose values are stored alike, so that a table stays as it is.
_ALIKE = frozenset({("varchar", "text"), ("text", "varchar"), ("cidr", "inet"), ("bit", "varbit"), ("xml", "text")})
_BASIC = frozenset(
    (
        *("bool", "bytea", "int2", "int4", "int8", "float4", "float8", "numeric", "money", "text", "varchar", "bpchar"),
        *("date", "time", "timetz", "timestamp", "timestamptz", "interval", "uuid", "json", "jsonb", "inet", "cidr"),
        *("macaddr", "bit", "varbit", "xml", "tsvector", "tsquery"),
    )
)
_SERIALS = frozenset(["serial", "serial2", "serial4", "serial8", "smallserial", "bigserial"])


class Verdict(Enum):
    """Whether the table is written anew."""

    REWRITES = "rewrites"
    STAYS = "stays"
    DEPENDS = "depends"


def written(node: Fields) -> Type:
    """Return the type that a statement names; figures that are no plain numbers are left out."""
    names = words(node.get("names"))
    name = names[-1] if names else ""
    mods = tuple(
        each["A_Const"]["ival"].get("ival", 0) for each in node.get("typmods", ()) if "ival" in each.get("A_Const", {})
    )
    plain = name in _BASIC and names[:-1] in ((), ("pg_catalog",))
    return Type(name, mods, "arrayBounds" in node, plain)


def is_serial(node: Fields) -> bool:
    """Tell whether it is serial or one of its kin, which bring a sequence along."""
    names = words(node.get("names"))
    return len(names) == 1 and names[0] in _SERIALS


def stored(name: str, modifier: int, *, array: bool, plain: bool) -> Type:
    """Return the type of a column as the catalog has it: name and modifier."""
    return Type(name, _mods(name, modifier), array, plain and name in _BASIC)


def _mods(name: str, modifier: int) -> tuple[int, ...]:
    if modifier < 0:
        return ()
    if name == "numeric":
        scale = (modifier - 4) & 0x7FF
        return (modifier - 4) >> 16 & 0xFFFF, scale - 0x800 if scale >= 0x400 else scale
    return (modifier - 4,) if name in ("varchar", "bpchar") else (modifier,)


def verdict(old: Type | None, new: Type, column: str, using: Fields | None) -> Verdict:
    """Judge ALTER COLUMN TYPE. `old` is None when the column's type is not known; `using` is its expression."""
    if using is not None and not _is_the_column(using, column):
        return Verdict.REWRITES
    if old is None:
        return Verdict.DEPENDS
    if (old.name, old.array) == (new.name, new.array) and old.mods == _full(new):
        return Verdict.STAYS
    if not (old.plain and new.plain):
        return Verdict.DEPENDS
    if old.array or new.array:
        return Verdict.REWRITES
    if old.name == new.name:
        return _same(old, new)
    return _other(old, new)


def _full(new: Type) -> tuple[int, ...]:
    """Return the figures with what one may leave out: numeric(8) is numeric(8, 0)."""
    return (*new.mods, 0) if new.name == "numeric" and len(new.mods) == 1 else new.mods


def _same(old: Type, new: Type) -> Verdict:
    if not new.mods and new.name != "bpchar":
        return Verdict.STAYS
    judge = _WIDER.get(new.name)
    if judge is None:
        return Verdict.DEPENDS if new.name == "interval" else Verdict.REWRITES
    return Verdict.STAYS if judge(old.mods, _full(new)) else Verdict.REWRITES


def _longer(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    return bool(old) and new >= old


def _finer(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    return new[0] >= _FINEST or _longer(old, new)


def _wider(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    return bool(old) and old[1:] == new[1:] and new >= old


_WIDER: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "varchar": _longer,
    "varbit": _longer,
    "numeric": _wider,
    **dict.fromkeys(_TIMES, _finer),
}


def _other(old: Type, new: Type) -> Verdict:
    if {old.name, new.name} == {"timestamp", "timestamptz"}:
        return Verdict.DEPENDS  # on the session's time zone: with UTC the values stay as they are
    if (old.name, new.name) in _ALIKE:
        return Verdict.REWRITES if new.mods else Verdict.STAYS
    return Verdict.REWRITES


def _is_the_column(expression: Fields, column: str) -> bool:
    """Tell whether USING says no more than is done without it: the column, or a cast of it."""
    kind, fields = next(iter(expression.items()))
    if kind == "TypeCast":
        return _is_the_column(fields["arg"], column)
    return kind == "ColumnRef" and words(fields["fields"]) == (column,) and len(fields["fields"]) == 1
