"""Casts, operators, operator classes and families, access methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from console.catalog.model.base import Object, Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast(Object):
    """A cast; `context` is e (explicit), a (assignment) or i (implicit); `method` f (function), i (inout), b (binary).

    `function` is a qualified, quoted name with its argument types, "" for the other methods.
    """

    source: str
    target: str
    function: str = ""
    context: str = "e"
    method: str = "f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator(Owned):
    """An operator; `left` is "" for a prefix operator. Operators are written `schema.sign`, functions qualified."""

    left: str
    right: str
    result: str
    function: str
    commutator: str = ""
    negator: str = ""
    restrict: str = ""
    join: str = ""
    merges: bool = False
    hashes: bool = False


class FamilyOperator(NamedTuple):
    """OPERATOR number name (left, right) [FOR ORDER BY family]."""

    number: int
    operator: str
    left: str
    right: str
    order_by: str = ""


class FamilyFunction(NamedTuple):
    """FUNCTION number (left, right) name(args)."""

    number: int
    function: str
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorClass(Owned):
    """An operator class with the operators and functions that are bound to it."""

    method: str
    type: str
    family: str
    default: bool = False
    storage: str = ""
    operators: tuple[FamilyOperator, ...] = ()
    functions: tuple[FamilyFunction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorFamily(Owned):
    """An operator family with its loose members, those of no class."""

    method: str
    operators: tuple[FamilyOperator, ...] = ()
    functions: tuple[FamilyFunction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessMethod(Object):
    """An access method; `type` is i (index) or t (table)."""

    type: str
    handler: str
