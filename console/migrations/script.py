"""What a script is made of: its statements, and whether they run in one transaction or one by one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from console.errors import BadSql, Refused
from console.migrations import controls
from console.migrations.files.folder import Script
from console.migrations.files.naming import shown
from console.migrations.leftovers.subject import may_skip
from console.sql import outside, statements
from console.sql.statements import Statement
from console.sql.title import title

_SETTING = "VariableSetStmt"
_CALLS = ("DoStmt", "CallStmt")
_COPY = re.compile(r"(?i)\bcopy\b")
_OF_ITS_OWN = re.compile(r"(?i)\bcopy\b|client_encoding|\bset\s+names\b")
_ENDS_TRANSACTION = re.compile(r"(?i)\b(?:commit|rollback)\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of a script, with its `title`, which says it in one line; `number` counts from 1.

    `start` is where `text` begins in the script, `at` where the statement itself does, after its comments: characters
    from 0. `line` and `column`, from 1, are the latter place. `alone` is the reason, a sentence, why it cannot run in a
    transaction, empty when it can. `setting` marks SET and RESET; `repeatable` says that it may well run twice. Pieces
    of one `unit` above 0 stand between a BEGIN and a COMMIT of the file.
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
    unit: int = 0


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


@lru_cache(maxsize=2_000)  # a plan is looked at several times before it runs
def parse(script: Script) -> Program:
    """Return what a script is made of; BEGIN and COMMIT of its own are left out.

    A single pair around everything runs in our transaction. A file in our format that has nothing but what cannot run
    in one needs no mark for it. A call that is all of a file runs alone where the format has no word for that, as its
    tool sends it. In other tools' formats a file may have several pairs, and is then run one by one, what
    stands between two of them in one transaction. Raises BadSql with the place in the file, and Refused when the script
    and transactions do not go together.
    """
    found, several = controls.without(split(script), script)
    calls_may_commit = script.transaction is False or (script.transaction is None and len(found) == 1)
    pieces = tuple(
        _piece(number, each, unit, calls_may_commit=calls_may_commit) for number, (each, unit) in enumerate(found, 1)
    )
    alone = next((piece for piece in pieces if piece.alone), None)
    if alone is not None and script.format == _OURS and _nothing_to_undo(pieces):
        return Program(script, pieces, False)
    if alone is not None and (script.transaction or alone.unit):
        raise _not_declared(script, alone)
    if script.transaction is False or several:
        return Program(script, pieces, False)
    return Program(script, pieces, alone is None)


def _nothing_to_undo(pieces: Sequence[Piece]) -> bool:
    """Tell whether a script has nothing but what runs alone anyway: then nobody expected one transaction of it."""
    return all((piece.alone or piece.setting) and not piece.unit for piece in pieces)


def units(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Return what runs together: what stands between a BEGIN and a COMMIT of the file, all else on its own."""
    for _, group in groupby(pieces, key=lambda piece: (piece.unit, 0 if piece.unit else piece.number)):
        yield tuple(group)


def bundles(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Return what can be sent without waiting in between, in order.

    Something is asked of the database before an index that may be there already; after another client encoding what
    follows is written otherwise; and COPY makes the line another one.
    """
    found: list[Piece] = []
    for piece in pieces:
        if found and (may_skip(piece.text) or _COPY.search(piece.text) or _OF_ITS_OWN.search(found[-1].text)):
            yield tuple(found)
            found = []
        found.append(piece)
    if found:
        yield tuple(found)


def split(script: Script) -> tuple[Statement, ...]:
    """Return a script's statements; a BadSql it raises names the file as well as the place in it."""
    try:
        return statements.split(script.text)
    except BadSql as error:
        raise BadSql(
            f"{shown(script.path)}: {error.title}",
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


def _piece(number: int, statement: Statement, unit: int, *, calls_may_commit: bool) -> Piece:
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
        unit=unit,
    )


def _may_commit(statement: Statement) -> bool:
    """Whether a statement calls code that may COMMIT: a procedure, whose body is not seen, or a DO that says so."""
    if statement.kind == "DoStmt":
        return _ENDS_TRANSACTION.search(statement.text) is not None
    return statement.kind == "CallStmt"


def _not_declared(script: Script, piece: Piece) -> Refused:
    within = " It stands between BEGIN and COMMIT." if piece.unit else ""
    return Refused(
        f"{shown(script.path)}, line {piece.line}: {piece.alone}{within}",
        detail="Nothing of the file has run.",
        hint="Take it out of BEGIN and COMMIT." if piece.unit else _DECLARING.get(script.format, _DECLARING[""]),
        line=piece.line,
        column=piece.column,
    )


_OURS = "dbconsole"
_DECLARING = {
    "": "Let a migration of its own, outside a transaction, have this statement.",
    "dbconsole": "Put “-- dbconsole: no-transaction” on the file's first line, best with this statement alone in the"
    " file.",
    "dbmate": "Say “-- migrate:up transaction:false”, best with this statement alone in the file.",
    "goose": "Put “-- +goose NO TRANSACTION” on the file's first line, best with this statement alone in the file.",
    "diesel": "Say run_in_transaction = false in metadata.toml beside it, best with this statement alone in the file.",
    "sqlx": "Begin the file with “-- no-transaction”, best with this statement alone in the file.",
    "flyway": "Say executeInTransaction=false in a file of the same name with .conf behind it.",
}
