"""What a script is made of: its statements, and whether they run in one transaction or one by one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.errors import BadSql, Refused
from console.migrations.files.folder import Script
from console.sql import outside, statements
from console.sql.statements import Statement
from console.sql.title import title
from console.text import sanitize

_TRANSACTION = "TransactionStmt"
_SETTING = "VariableSetStmt"
_CALLS = ("DoStmt", "CallStmt")
_ENDS_TRANSACTION = re.compile(r"(?i)\b(?:commit|rollback)\b")
_BEGIN = re.compile(r"(?i)begin(?: work| transaction)?|start transaction")
_COMMIT = re.compile(r"(?i)(?:commit|end)(?: work| transaction)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of a script, with its `title`, which says it in one line; `number` counts from 1.

    `start` is where `text` begins in the script, `at` where the statement itself does, after its comments: characters
    from 0. `line` and `column`, from 1, are the latter place. `alone` is the reason, a sentence, why it cannot run in a
    transaction, empty when it can. `setting` marks SET and RESET; `repeatable` says that it may well run twice.
    """

    number: int
    text: str
    title: str
    start: int
    at: int
    line: int
    column: int
    alone: str = ""
    setting: bool = False
    repeatable: bool = True


@dataclass(frozen=True, slots=True)
class Program:
    """A script ready to run: all `pieces` in one transaction, or, without `transaction`, one after the other."""

    script: Script
    pieces: tuple[Piece, ...]
    transaction: bool

    @property
    def sets(self) -> bool:
        """Whether something in it may outlast its transaction: SET, or set_config in whatever form."""
        return any(piece.setting or "set_config" in piece.text.lower() for piece in self.pieces)


def parse(script: Script) -> Program:
    """Return what a script is made of; a single BEGIN … COMMIT of its own around everything is left out.

    Raises BadSql with the place in the file, and Refused when the script and transactions do not go together.
    """
    found = _without_own_transaction(split(script), script)
    calls_may_commit = script.transaction is False
    pieces = tuple(_piece(number, each, calls_may_commit=calls_may_commit) for number, each in enumerate(found, 1))
    alone = next((piece for piece in pieces if piece.alone), None)
    if script.transaction and alone is not None:
        raise _not_declared(script, alone)
    in_one = script.transaction if script.transaction is not None else alone is None
    return Program(script, pieces, in_one)


def split(script: Script) -> tuple[Statement, ...]:
    """Return a script's statements; a BadSql it raises names the file as well as the place in it."""
    try:
        return statements.split(script.text)
    except BadSql as error:
        raise BadSql(
            f"{sanitize(script.path.name)}: {error.title}",
            detail=error.detail,
            hint=error.hint,
            line=error.line,
            column=error.column,
        ) from error


def digest(pieces: Iterable[Piece]) -> str:
    """Return the SHA-256 of these statements' texts: what has run is recognised by it, even if the rest was edited."""
    return hashlib.sha256("\0".join(piece.text for piece in pieces).encode()).hexdigest()


def settings_before(pieces: Sequence[Piece], number: int) -> tuple[str, ...]:
    """Return the SETs that stand before statement `number`, for a connection that has not seen them."""
    return tuple(piece.text for piece in pieces if piece.setting and piece.number < number)


def _piece(number: int, statement: Statement, *, calls_may_commit: bool) -> Piece:
    alone = outside.reason(statement)
    if not alone and calls_may_commit and _may_commit(statement):
        alone = "It may end transactions itself."
    return Piece(
        number=number,
        text=statement.text,
        title=title(statement),
        start=statement.start,
        at=statement.start + statement.body,
        line=statement.line,
        column=statement.column,
        alone=alone,
        setting=statement.kind == _SETTING,
        repeatable=statement.kind not in _CALLS,
    )


def _may_commit(statement: Statement) -> bool:
    """Whether a statement calls code that may COMMIT: a procedure, whose body is not seen, or a DO that says so."""
    if statement.kind == "DoStmt":
        return _ENDS_TRANSACTION.search(statement.text) is not None
    return statement.kind == "CallStmt"


def _not_declared(script: Script, piece: Piece) -> Refused:
    return Refused(
        f"{sanitize(script.path.name)}, line {piece.line}: {piece.alone}",
        detail="Nothing of the file has run.",
        hint="Put “-- dbconsole: no-transaction” on the file's first line, best with this statement alone in the file.",
        line=piece.line,
        column=piece.column,
    )


def _without_own_transaction(found: tuple[Statement, ...], script: Script) -> tuple[Statement, ...]:
    """Leave out BEGIN and COMMIT when they are the first and the last statement, and the only ones of their kind."""
    controls = [statement for statement in found if statement.kind == _TRANSACTION]
    if not controls:
        return found
    if script.transaction is not False and len(controls) == 2 and _encloses(controls, found):
        return found[1:-1]
    inside = next((statement for statement in controls if statement not in (found[0], found[-1])), controls[0])
    raise Refused(
        f"{sanitize(script.path.name)}, line {inside.line}: a migration may not say {title(inside)} here.",
        detail="It may have one plain BEGIN as its first and one COMMIT as its last statement. Nothing of it has run.",
        hint="Leave BEGIN, COMMIT, ROLLBACK and SAVEPOINT out: a migration runs in a transaction anyway.",
        line=inside.line,
        column=inside.column,
    )


def _encloses(controls: Sequence[Statement], found: Sequence[Statement]) -> bool:
    first, last = controls
    begins = _BEGIN.fullmatch(_words(first)) is not None
    commits = _COMMIT.fullmatch(_words(last)) is not None
    return first is found[0] and last is found[-1] and begins and commits


def _words(statement: Statement) -> str:
    return " ".join(statement.text[statement.body :].split())
