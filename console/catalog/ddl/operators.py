"""Statements for casts, operators, operator classes and families, access methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.catalog.ddl.naming import described
from console.catalog.model import (
    AccessMethod,
    Cast,
    FamilyFunction,
    FamilyOperator,
    Operator,
    OperatorClass,
    OperatorFamily,
)
from console.sql.quoting import clauses, dotted, ident

_CONTEXTS = {"a": " AS ASSIGNMENT", "i": " AS IMPLICIT"}
_METHODS = {"i": "WITH INOUT", "b": "WITHOUT FUNCTION"}


def cast(made: Cast) -> Iterator[str]:
    """Create a cast."""
    way = _METHODS.get(made.method) or f"WITH FUNCTION {made.function}"
    yield f"CREATE {described(made)} {way}{_CONTEXTS.get(made.context, '')}"


def operator(made: Operator) -> Iterator[str]:
    """Create an operator; one that it names and that is not there yet is made as a shell by the server."""
    said = {
        "FUNCTION": made.function,
        "LEFTARG": made.left,
        "RIGHTARG": made.right,
        "COMMUTATOR": f"OPERATOR({made.commutator})" if made.commutator else "",
        "NEGATOR": f"OPERATOR({made.negator})" if made.negator else "",
        "RESTRICT": made.restrict,
        "JOIN": made.join,
        "HASHES": made.hashes,
        "MERGES": made.merges,
    }
    yield f"CREATE OPERATOR {dotted(made.key.schema)}.{made.key.name} ({clauses(said)})"


def family(made: OperatorFamily) -> Iterator[str]:
    """Create an operator family, empty."""
    yield f"CREATE {described(made)}"


def family_members(made: OperatorFamily) -> Iterator[str]:
    """Add the members that belong to the family and to none of its classes."""
    if items := _items(made.operators, made.functions):
        yield f"ALTER {described(made)} ADD\n    " + ",\n    ".join(items)


def operator_class(made: OperatorClass) -> Iterator[str]:
    """Create an operator class."""
    default = "DEFAULT " if made.default else ""
    head = f"CREATE OPERATOR CLASS {dotted(made.key.schema, made.key.name)}\n    {default}FOR TYPE {made.type}"
    items = _items(made.operators, made.functions)
    if made.storage or not items:
        items.append(f"STORAGE {made.storage or made.type}")
    yield f"{head} USING {ident(made.method)} FAMILY {made.family} AS\n    " + ",\n    ".join(items)


def _items(operators: Sequence[FamilyOperator], functions: Sequence[FamilyFunction]) -> list[str]:
    said = []
    for each in operators:
        order = f" FOR ORDER BY {each.order_by}" if each.order_by else ""
        said.append(f"OPERATOR {each.number} {each.operator} ({each.left}, {each.right}){order}")
    said += [f"FUNCTION {each.number} ({each.left}, {each.right}) {each.function}" for each in functions]
    return said


def access_method(made: AccessMethod) -> Iterator[str]:
    """Create an access method."""
    sort = "INDEX" if made.type == "i" else "TABLE"
    yield f"CREATE ACCESS METHOD {ident(made.key.name)} TYPE {sort} HANDLER {made.handler}"
