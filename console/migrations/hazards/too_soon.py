"""Values of enums that a script uses in the transaction in which it adds them: PostgreSQL refuses that. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.migrations.hazards.hazard import Hazard, Kind, Severity
from console.migrations.script import Piece, Program
from console.sql import grammar
from console.sql.grammar import Tree, words
from console.text import sanitize


def used(program: Program, trees: Sequence[Tree]) -> Iterator[tuple[int, Hazard]]:
    """Yield, with the statement's place in the program from 0, each one that has such a value as a constant.

    Of which type a constant is cannot be seen, so the sentence says on what it depends. A type that the same script
    makes may have its values used at once.
    """
    made = {_last(tree, "typeName") for tree in trees if tree.kind == "CreateEnumStmt"}
    for place, tree in enumerate(trees):
        value = _added(tree)
        if not value or _last(tree, "typeName") in made:
            continue
        for later in range(place + 1, len(trees)):
            if _together(program, program.pieces[place], program.pieces[later]) and _says(trees[later], value):
                yield later, _hazard(value, _last(tree, "typeName"), program.pieces[place].line)


def _added(tree: Tree) -> str:
    if tree.kind != "AlterEnumStmt" or "oldVal" in tree.fields:
        return ""
    return str(tree.fields.get("newVal", ""))


def _last(tree: Tree, part: str) -> str:
    named = words(tree.fields.get(part))
    return named[-1] if named else ""


def _together(program: Program, first: Piece, second: Piece) -> bool:
    return program.transaction or 0 < first.unit == second.unit


def _says(tree: Tree, value: str) -> bool:
    if tree.kind == "AlterEnumStmt":
        return False
    constants = (node.fields.get("sval", {}) for node in grammar.nodes(tree) if node.kind == "A_Const")
    return any(constant.get("sval") == value for constant in constants)


def _hazard(value: str, type: str, line: int) -> Hazard:
    text = (
        f"Fails if {sanitize(value)!r} is here the value that line {line} adds to {sanitize(type)}: it cannot be used"
        " before the transaction that adds it is committed."
    )
    return Hazard(Kind.FAIL, Severity.WARN, text, advice="Use it in a migration of its own, after this one.")
