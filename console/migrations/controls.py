"""BEGIN and COMMIT in a file: what of it is left out, and which statements then belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from console.errors import Refused
from console.migrations.files.folder import Script
from console.migrations.files.naming import shown
from console.sql.statements import Statement
from console.sql.title import title

_TRANSACTION = "TransactionStmt"
_BEGIN = re.compile(r"(?i)begin(?: work| transaction)?|start transaction")
_COMMIT = re.compile(r"(?i)(?:commit|end)(?: work| transaction)?")
_SAVEPOINT = re.compile(r"(?i)(?:savepoint|release|rollback(?: work| transaction)? to) .+")
_NATIVE = "dbconsole"

Unit = tuple[Statement, int]


def without(found: Sequence[Statement], script: Script) -> tuple[tuple[Unit, ...], bool]:
    """Return the statements that are to run, each with the number of its BEGIN … COMMIT, and whether there are several.

    The number is 0 where everything is in one transaction anyway, and for what stands between none. Raises Refused for
    what a file of its format may not say.
    """
    said = [statement for statement in found if statement.kind == _TRANSACTION]
    if not said:
        return tuple((statement, 0) for statement in found), False
    native = script.format == _NATIVE
    inner = found[1:-1] if _encloses(found) else found
    savepoints = all(_is(each, _SAVEPOINT) for each in inner if each.kind == _TRANSACTION)
    plain = all(each.kind != _TRANSACTION for each in inner)
    if script.transaction is not False and (plain or (savepoints and not native)):
        return tuple((statement, 0) for statement in inner), False
    if native:
        raise _not_here(script, _odd(said, found), _ONE)
    return tuple(_units(found, script)), True


_ONE = "It may have one plain BEGIN as its first and one COMMIT as its last statement."
_PAIRS = "It may have plain BEGIN and COMMIT in pairs, with SAVEPOINT between them."


def _units(found: Sequence[Statement], script: Script) -> Iterator[Unit]:
    number, begun = 0, None
    for statement in found:
        if statement.kind != _TRANSACTION:
            yield statement, number if begun else 0
        elif _is(statement, _BEGIN) and begun is None:
            begun, number = statement, number + 1
        elif _is(statement, _COMMIT):
            begun = None
        elif begun is not None and _is(statement, _SAVEPOINT):
            yield statement, number
        else:
            raise _not_here(script, statement, _PAIRS)
    if begun is not None:
        raise _not_here(script, begun, f"No COMMIT follows it. {_PAIRS}")


def _encloses(found: Sequence[Statement]) -> bool:
    return len(found) > 1 and _is(found[0], _BEGIN) and _is(found[-1], _COMMIT)


def _is(statement: Statement, pattern: re.Pattern[str]) -> bool:
    words = " ".join(statement.text[statement.body :].split())
    return statement.kind == _TRANSACTION and pattern.fullmatch(words) is not None


def _odd(said: Sequence[Statement], found: Sequence[Statement]) -> Statement:
    return next((statement for statement in said if statement not in (found[0], found[-1])), said[0])


def _not_here(script: Script, statement: Statement, may: str) -> Refused:
    return Refused(
        f"{shown(script.path)}, line {statement.line}: a migration may not say {title(statement)} here.",
        detail=f"{may} Nothing of it has run.",
        hint="Leave BEGIN, COMMIT, ROLLBACK and SAVEPOINT out: a migration runs in a transaction anyway.",
        line=statement.line,
        column=statement.column,
    )
