"""Says hazards in lines: for a plan, before a question, and for lint."""

from __future__ import annotations

from collections.abc import Iterator

from console.cli.terminal import lines
from console.cli.terminal.lines import Sign
from console.migrations.hazards.hazard import Hazard, Severity
from console.migrations.hazards.looking import Looked
from console.text import plural, sanitize

_SIGNS = {Severity.CRIT: lines.BAD, Severity.WARN: lines.ODD, Severity.INFO: Sign("·")}


def said(found: Looked, *, least: Severity = Severity.WARN, indent: int = 4, margin: int = 0) -> Iterator[str]:
    """Yield the hazards of one script, those below `least` only counted; long sentences go on below, indented.

    `margin` are the blanks that whoever shows the lines puts before them.
    """
    blanks = " " * indent
    if found.problem:
        yield from _wrapped(lines.BAD, sanitize(found.problem), indent, margin)
    for hazard in found.worse(least):
        yield from _hazard(hazard, indent, margin)
    less = len(found.hazards) - len(found.worse(least))
    if less:
        yield f"{blanks}{_SIGNS[Severity.INFO](plural(less, 'note') + ', in full with --dry-run --json')}"


def _hazard(hazard: Hazard, indent: int, margin: int) -> Iterator[str]:
    place = f"line {hazard.line}  {hazard.statement}"
    rule = f"  ({hazard.rule})" if hazard.rule else ""
    yield f"{' ' * indent}{_SIGNS[hazard.severity](f'{place}{rule}')}"
    for line in lines.wrapped(hazard.sentence, indent=indent + 4 + margin):
        yield f"{' ' * (indent + 4)}{line}"
    for number, line in enumerate(lines.wrapped(hazard.advice, indent=indent + 6 + margin)):
        yield f"{' ' * (indent + 4)}{'  ' if number else '→ '}{line}"


def _wrapped(sign: Sign, text: str, indent: int, margin: int) -> Iterator[str]:
    first, *more = lines.wrapped(text, indent=indent + 2 + margin) or [""]
    yield f"{' ' * indent}{sign(first)}"
    for line in more:
        yield f"{' ' * (indent + 2)}{line}"
