"""A person's condition, as it would stand behind WHERE, made safe to stand in a statement of ours."""

from __future__ import annotations

from console.errors import BadSql
from console.sql import grammar


def checked(text: str) -> str:
    """Return a condition in parentheses that it cannot leave. Raises BadSql.

    It must be one expression both within parentheses and without, so that `a) OR (b` is none; and it stands on lines
    of its own, so that a comment at its end ends there.
    """
    try:
        bare = _behind_where(f"{_BEFORE}{text}\n")
    except grammar.SyntaxFault as fault:
        raise grammar.SyntaxFault(text, fault.message, fault.position - len(_BEFORE)) from None
    if bare is None or bare != _in_parentheses(text):
        raise BadSql("This is not one condition, such as could stand behind WHERE.", hint="Write it like: price > 10")
    # Our own values stand behind $1 in the statement that it becomes a part of.
    if (number := _parameter(bare)) is not None:
        raise BadSql(
            f"${number} stands for a value, and a condition is given none.", hint="Write the value itself: price > 10"
        )
    return f"(\n{text}\n)"


def _behind_where(sql: str) -> object:
    """Return the condition's tree without its places in the text, or None when the statement has more than that."""
    trees = grammar.parse(sql)
    if len(trees) != 1 or trees[0].kind != "SelectStmt" or set(trees[0].fields) - _OF_A_BARE_SELECT:
        return None
    return _without_places(trees[0].fields.get("whereClause"))


def _in_parentheses(text: str) -> object:
    try:
        return _behind_where(f"SELECT WHERE (\n{text}\n)")
    except grammar.SyntaxFault:
        return None


_BEFORE = "SELECT WHERE\n"
_PLACES = ("location", "list_start", "list_end")
_OF_A_BARE_SELECT = {"whereClause", "limitOption", "op"}


def _parameter(node: object) -> int | None:
    """Return the number of a parameter in a condition's tree, None where there is none."""
    if isinstance(node, dict) and isinstance(found := node.get("ParamRef"), dict):
        return int(found.get("number", 0))
    below = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return next((number for each in below if (number := _parameter(each)) is not None), None)


def _without_places(node: object) -> object:
    if isinstance(node, list):
        return [_without_places(item) for item in node]
    if isinstance(node, dict):
        return {key: _without_places(value) for key, value in node.items() if not key.endswith(_PLACES)}
    return node
