"""What a transaction that is rolled back cannot try, and what of it only the server can tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from console.errors import ConsoleError, LockNotAvailable, Refused, TimedOut
from console.migrations.files.naming import shown
from console.migrations.script import Piece, Program
from console.sql import grammar, queries
from console.sql.grammar import Tree

_DEADLOCK = "40P01"
_NEW_ENUM_VALUE = "55P04"
_NOT_IN_A_TRANSACTION = frozenset({"25001", "2D000"})
_NOT_THERE = frozenset({"3F000", "22P02", _NEW_ENUM_VALUE})
_NAMES, _NOT_OF_NAMES = "42", frozenset({"42501", "42601"})  # what is wrong with names, but for rights and syntax

# What they run, if anything, may end transactions or be forbidden in one, which the grammar cannot tell.
_UNCERTAIN = frozenset({"DoStmt", "CallStmt", "ReindexStmt", "ClusterStmt"})
_MAKE_NOTHING = frozenset({"VacuumStmt", "ReindexStmt", "ClusterStmt", "AlterSystemStmt", "DiscardStmt"})
# What they say is not run now.
_FOR_LATER = frozenset(
    {
        *("CreateFunctionStmt", "CreateTrigStmt", "CreatePolicyStmt", "CreateStmt", "CommentStmt"),
        *("ViewStmt", "RuleStmt"),
    }
)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is known of a statement before it runs.

    `reason` is why it is not tried, a sentence, empty when it is; `missed` says that others may then lack what it
    makes. `uncertain` says that it may turn out not to run in a transaction. `values` are what it adds to an enum.
    """

    reason: str = ""
    missed: bool = False
    uncertain: bool = False
    values: frozenset[str] = frozenset()


def foresee(piece: Piece) -> Foreseen:
    """Return what is known of a statement."""
    tree = grammar.tree(piece.text)
    reason = piece.alone or next(_lasting(tree, piece), "")
    missed = bool(piece.alone) and tree.kind not in _MAKE_NOTHING
    return Foreseen(reason, missed, tree.kind in _UNCERTAIN, _added(tree))


def refuse(program: Program) -> None:
    """Raise Refused for a script that commits on its way: what comes before its COMMIT would stay."""
    inner = [piece for piece in program.pieces if piece.unit]
    if not inner or len({piece.unit for piece in program.pieces}) == 1:
        return
    name, line = shown(program.script.path), inner[0].line
    raise Refused(
        f"{name} says BEGIN and COMMIT on its way (about line {line}), so it cannot be tried and rolled back.",
        detail="Nothing has run.",
        hint="Try what comes before it, with --to; dbconsole rehearse runs it in a shadow.",
        line=line,
    )


def reason(error: ConsoleError, earlier: Collection[str], own: Collection[str]) -> str:
    """Return why a statement that failed counts as not tried, as a sentence; empty when it is to blame itself.

    `earlier` are enum values that migrations before it have added, and would have committed; `own` are those of its
    own transaction, which it may not use in earnest either.
    """
    words = said(error)
    if isinstance(error, LockNotAvailable):
        return f"{words}. Somebody else holds the lock."
    if error.sqlstate == _DEADLOCK:
        return f"{words}. In earnest it would be tried again."
    if error.sqlstate == _NEW_ENUM_VALUE and earlier and not any(f'"{value}"' in error.title for value in own):
        return "It uses an enum value that a migration before it adds, which has to be committed first."
    if error.sqlstate in _NOT_IN_A_TRANSACTION:
        return f"{words}. It cannot run inside a transaction."
    return ""


def said(error: ConsoleError) -> str:
    """Return the server's words alone, without the full stop.

    >>> said(ConsoleError("Running statement 2 of 4 of a.up.sql failed: it is so."))
    'it is so'
    """
    return (error.title.partition(" failed: ")[2] or error.title).rstrip(".")


def suspect(error: ConsoleError, untried: Sequence[str]) -> str:
    """Return which of what was not tried an error most likely comes from: what speaks of the same name, or the last.

    >>> suspect(ConsoleError('relation "public.a" does not exist'), ("CREATE a", "CREATE b"))
    'CREATE a'
    """
    names = [quoted.rpartition(".")[2] for quoted in re.findall(r'"([^"]+)"', error.title)]
    return next((each for each in reversed(untried) if any(name in each for name in names)), untried[-1])


def depends(error: ConsoleError) -> bool:
    """Tell whether a failure may come from something that was not tried before."""
    state = error.sqlstate or ""
    return state in _NOT_THERE or (state.startswith(_NAMES) and state not in _NOT_OF_NAMES)


def locked_out(error: ConsoleError) -> bool:
    """Tell whether somebody else held a lock that a statement needed."""
    return isinstance(error, LockNotAvailable)


def timed_out(error: ConsoleError) -> bool:
    """Tell whether a statement was ended because its time was up."""
    return isinstance(error, TimedOut)


def _added(tree: Tree) -> frozenset[str]:
    if tree.kind != "AlterEnumStmt" or "oldVal" in tree.fields or "newVal" not in tree.fields:
        return frozenset()
    return frozenset({tree.fields["newVal"]})


def _lasting(tree: Tree, piece: Piece) -> Iterator[str]:
    """Yield why what a statement does would outlast a rollback."""
    if tree.kind == "CopyStmt" and tree.fields.get("is_program"):
        yield "It runs a program on the server, which a rollback does not undo."
    elif tree.kind == "CopyStmt" and "filename" in tree.fields and not tree.fields.get("is_from"):
        yield "It writes a file on the server, which a rollback does not undo."
    elif tree.kind not in _FOR_LATER:
        for name in _called(tree, piece):
            if does := lasting().get(name):
                yield f"It calls {name}: {does}, which a rollback does not undo."


def _called(tree: Tree, piece: Piece) -> Iterator[str]:
    if tree.kind == "DoStmt":
        yield from (match[1].lower() for match in re.finditer(r"\b(\w+)\s*\(", piece.text))
    for node in grammar.nodes(tree):
        if node.kind == "FuncCall" and (words := grammar.words(node.fields.get("funcname"))):
            yield words[-1]


@cache
def lasting() -> Mapping[str, str]:
    """Return the functions whose doing a rollback does not undo, with what they do as the end of a sentence."""
    lines = (queries.folder("queries") / "trial" / "lasting_functions.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {name: does for name, _, does in pairs}
