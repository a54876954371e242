"""Writes a drift down as a script for psql: `psql -v ON_ERROR_STOP=1 -f`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from console.drift.drift import Drift
from console.drift.ordering.writing import Statement
from console.drift.segments import Segment, segments
from console.text import plural, sanitize

_SET = re.compile(r"SET (\w+) = ")


def script(found: Drift) -> str:
    """Return all statements, in transactions where they can be, each that loses something marked by a comment."""
    parts = ["\n".join(_heading(found)), *_body(found.plan.preamble, found.plan.statements)]
    return "\n\n".join(parts) + "\n"


def _body(preamble: Sequence[str], statements: Sequence[Statement]) -> Iterator[str]:
    if not statements:
        return
    yield _lines(preamble)
    for segment in segments(statements):
        yield _transaction(segment) if segment.together else _statements(segment)
    yield _lines(reset(preamble))


def reset(preamble: Sequence[str]) -> tuple[str, ...]:
    """Return the statements that take back what a preamble has set."""
    return tuple(f"RESET {match[1]}" for text in preamble if (match := _SET.match(text)))


def _heading(found: Drift) -> Iterator[str]:
    yield f"-- From {_word(found.a.label)} to {_word(found.b.label)}: {_word(found.summary)}."
    for each in found.unhandled:
        yield f"-- Seen, not handled: {each.key.kind} {_word(str(each.key))}: {_word(each.reason)}."
    for left in found.left_out:
        yield f"-- Left out: {_word(left.what)}: {_word(left.reason)}."
    for difference in found.proof.rest:
        yield f"-- Left different: {_word(difference.sentence)}."
    if found.plan.statements:
        yield f"-- {plural(len(found.plan.statements), 'statement')}, for psql -v ON_ERROR_STOP=1 -f FILE"


def _transaction(segment: Segment) -> str:
    return f"BEGIN;\n{_statements(segment)}\nCOMMIT;"


def _statements(segment: Segment) -> str:
    return "\n".join(line for statement in segment.statements for line in _statement(statement))


def _statement(statement: Statement) -> Iterator[str]:
    if statement.loses:
        yield f"-- ! loses {_word(statement.loses)}"
    yield f"{statement.text};"


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(f"{text};" for text in texts)


def _word(text: str) -> str:
    return sanitize(" ".join(text.split()))
