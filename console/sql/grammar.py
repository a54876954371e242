"""PostgreSQL's own grammar (libpg_query, through postgast), with its trees as plain Python values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn, TypeAlias

from console.errors import BadSql
from console.sql.place import place
from console.text import sanitize

Fields: TypeAlias = Mapping[str, Any]

_KEPT = 20_000  # characters of a statement whose tree is kept: that of a long INSERT is a hundred times as large


@dataclass(frozen=True, slots=True)
class Tree:
    """One statement as the grammar sees it: the node's name, such as "SelectStmt", and its fields."""

    kind: str
    fields: Fields


class SyntaxFault(BadSql):
    """The grammar does not take a text.

    `message` is what the grammar said, `position` the place in characters from 0; line, column and an excerpt are set.
    """

    def __init__(self, text: str, message: str, position: int) -> None:
        where = place(text, position + 1)
        super().__init__(
            f"Line {where.line}, column {where.column}: {sanitize(message)}.",
            detail=where.excerpt,
            line=where.line,
            column=where.column,
        )
        self.message = message
        self.position = position


def split(text: str) -> list[str]:
    """Cut a text into its statements, without semicolons and without comments before them. Raises SyntaxFault."""
    import postgast

    _check_signs(text)
    try:
        return postgast.split(text)  # type: ignore[no-any-return]
    except postgast.PgQueryError as error:
        _raise(text, error.message, error.cursorpos)


def parse(text: str) -> tuple[Tree, ...]:
    """Parse a text of any number of statements. Raises SyntaxFault."""
    _check_signs(text)
    return tuple(_tree(raw["stmt"]) for raw in _raw(text)["stmts"])


def tree(text: str) -> Tree:
    """Parse one statement; the trees of the last thousand that are not long are kept. Raises SyntaxFault."""
    return _kept(text) if len(text) <= _KEPT else parse(text)[0]


@lru_cache(maxsize=1_000)
def _kept(text: str) -> Tree:
    return parse(text)[0]


def _check_signs(text: str) -> None:
    # A C string ends at NUL: what follows would reach the server without having been looked at.
    nul = text.find("\0")
    if nul >= 0:
        raise SyntaxFault(text, "PostgreSQL does not take a NUL sign", nul)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SyntaxFault(text, "this sign is not valid Unicode", error.start) from None


def _raw(text: str) -> Any:
    # The public `postgast.parse` goes through protobuf, which refuses trees deeper than 100 messages: a sum of fifty
    # terms. libpg_query's JSON of the same tree takes ten times that, and names its nodes as PostgreSQL does.
    from postgast.native import lib

    result = lib.pg_query_parse(text.encode())
    try:
        if result.error:
            fault = result.error.contents
            _raise(text, fault.message.decode(), fault.cursorpos)
        return json.loads(result.parse_tree)
    except RecursionError:
        raise SyntaxFault(text, "this is nested too deeply to be looked at", 0) from None
    finally:
        lib.pg_query_free_parse_result(result)


def _raise(text: str, message: str, position: int) -> NoReturn:
    """Raise what the grammar said; its position counts characters from 1."""
    raise SyntaxFault(text, message, max(position - 1, 0))


def _tree(node: Fields) -> Tree:
    kind, fields = next(iter(node.items()))
    return Tree(kind, fields)


def nodes(tree: Tree) -> Iterator[Tree]:
    """Walk the named nodes of a tree in the order of the text, the root first; unnamed parts are walked through."""
    waiting: list[tuple[str, Any]] = [(tree.kind, tree.fields)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(("", item) for item in reversed(value))
        elif isinstance(value, dict):
            if name[:1].isupper():
                yield Tree(name, value)
            waiting.extend(reversed(value.items()))


def words(names: object) -> tuple[str, ...]:
    """Return the strings of a list of String nodes, which is how the grammar says a dotted name."""
    if not isinstance(names, list):
        return ()
    return tuple(item["String"].get("sval", "") for item in names if "String" in item)


OFF = frozenset({"false", "off", "0"})


def options(fields: Fields, part: str = "options") -> dict[str, str]:
    """Return the options of a command, `WITH (name = value)` or the like, in small letters; a bare one is "true"."""
    return dict(_option(item["DefElem"]) for item in fields.get(part, ()))


def _option(element: Fields) -> tuple[str, str]:
    value = element.get("arg")
    if not value:
        return element["defname"].lower(), "true"
    inner = next(iter(value.values()))
    said = next(iter(inner.values()), 0) if isinstance(inner, dict) else inner
    return element["defname"].lower(), str(said).lower()
