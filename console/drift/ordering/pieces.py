"""The steps of a plan: what is dropped, what is put aside, what is altered; what is made is a step of the catalog's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from console.catalog.ddl.steps import Step
from console.catalog.model import Key, Kind

# What a default or an expression calls, and the type of a column does not.
CALLED = frozenset({Kind.FUNCTION, Kind.AGGREGATE, Kind.OPERATOR, Kind.SEQUENCE, Kind.CAST})


@dataclass(frozen=True, slots=True)
class Drop:
    """An object or a column goes."""

    gone: Key


@dataclass(frozen=True, slots=True)
class Aside:
    """A type that columns still have is renamed, so that the new one can have its name; it is dropped behind them."""

    old: Key


@dataclass(frozen=True, slots=True)
class Alter:
    """One part of an object or a column that stays, such as the "default" of a column."""

    of: Key
    part: str


_ASIDE = "__before"
_LONGEST = 63


def aside(name: str, number: int = 1) -> str:
    """Return the name of what is put aside, which fits where the server would cut it off.

    >>> aside("mood"), aside("mood", 2)
    ('mood__before', 'mood__before2')
    """
    ending = _ASIDE if number == 1 else f"{_ASIDE}{number}"
    while len((name + ending).encode()) > _LONGEST:
        name = name[:-1]
    return name + ending


Node: TypeAlias = Drop | Aside | Alter | Step


@dataclass(frozen=True, slots=True)
class Piece:
    """How one part of an object that stays is altered.

    `lets_go`: what the object was bound to before is free afterwards. `takes`: what it is bound to afterwards has to be
    there before. `loses` says what is lost with it, empty for nothing. `alone` is true of what cannot share a
    transaction with those that use it, such as a new value of an enum.
    """

    part: str
    texts: tuple[str, ...]
    lets_go: bool = True
    takes: bool = True
    loses: str = ""
    alone: bool = False
