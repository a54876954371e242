"""What is said of a change and of the whole comparison, as texts to read; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.catalog.compare import Change
from console.catalog.model import Key
from console.drift.drift import Drift
from console.drift.ordering.writing import Statement
from console.drift.planning.renames import Candidate
from console.drift.proving.proof import State
from console.drift.script import script
from console.migrations.hazards.hazard import Hazard, Severity
from console.text import plural, sanitize
from console.ui.screens.drift.known import Known
from console.ui.screens.drift.tree import Standing
from console.ui.widgets.papers import section
from console.ui.widgets.parts import Part

_SIGNS = {Severity.CRIT: "✗", Severity.WARN: "!", Severity.INFO: "·"}
_TONES = {"✗": "bad", "!": "warning", "✓": "good", "≠": "warning", "─": "head"}


def sql_of(known: Known, standing: Standing) -> str:
    """Return the statements for what a node stands for, those for its sake with them."""
    keys = dict.fromkeys(each.key for each in standing.meant)
    some = [each for key in keys for each in known.statements.get(key, ())]
    if not some:
        return "-- No statement is made for this alone."
    return "\n".join(line for each in some for line in _statement(each)) + "\n"


def _statement(found: Statement) -> Iterator[str]:
    if found.loses:
        yield f"-- ! loses {_line(found.loses)}"
    yield f"{found.text};"


def whole(taken: Drift) -> str:
    """Return the script of what is taken."""
    return script(taken) if taken.plan.statements else "-- Nothing is taken: there is nothing to run.\n"


def hazards(known: Known, standing: Standing) -> str:
    """Return what the statements for it may do to others, the gravest first, with sizes and ways around."""
    keys = dict.fromkeys(each.key for each in standing.meant)
    found = dict.fromkeys(each for key in keys for each in known.hazards.get(key, ()))
    ordered = sorted(found, key=lambda each: -each.severity)
    return "\n\n".join("\n".join(_hazard(each)) for each in ordered) or "✓ Nothing is known that it may do to others."


def _hazard(found: Hazard) -> Iterator[str]:
    yield f"{_SIGNS[found.severity]} {found.sentence}"
    if found.advice:
        yield f"  → {found.advice}"
    if found.statement:
        yield f"  {found.statement}"


def whose(known: Known, standing: Standing) -> str:
    """Return whose doing a change is, where that is known: the reasons, each once."""
    found = (known.drift.attributions.get(each.key) for each in standing.meant)
    return "; ".join(dict.fromkeys(each.reason for each in found if each is not None))


def about(known: Known) -> str:
    """Return all that there is to know of the comparison: what it was about, what it left out, what may be renamed."""
    found = known.drift
    sections = {
        "What was compared": [f"{_line(found.a.label)} → {_line(found.b.label)}: {found.summary}"],
        "How": [sanitize(note) for note in found.notes],
        "May be renamed: n takes it": [_candidate(each) for each in found.candidates],
        "Taken as renames": [f"{sanitize(each.old)} is {sanitize(each.new)} by then" for each in known.wishes.renames],
        "Kept for the sake of the data: K": [_change(each) for each in found.kept],
        "Seen, not handled": [_missing(each.key, each.reason) for each in found.unhandled],
        "Left out where both were compared": [f"{sanitize(e.what)}: {sanitize(e.reason)}" for e in found.left_out],
        "Columns in another order, which is no drift": [f"{key.kind} {sanitize(str(key))}" for key in found.reordered],
        "Left different by the proof": [each.sentence for each in (known.taken or found).proof.rest],
    }
    parts = [section(title, said) for title, said in sections.items()]
    return "\n\n".join(part for part in parts if part)


def _candidate(found: Candidate) -> str:
    return f"{found.kind} {sanitize(found.a)} may be {sanitize(found.b)}: {sanitize(found.reason)}"


def _change(change: Change) -> str:
    return f"{change.action} {change.key.kind} {sanitize(str(change.key))}"


def _missing(key: Key, reason: str) -> str:
    return f"{key.kind} {sanitize(str(key))}: {sanitize(reason)}"


def state(known: Known) -> str:
    """Say in a line how many changes there are, how many of them are taken, and what the proof has said."""
    found, taken = known.drift, known.taken
    if not found.changes:
        return found.summary
    number, of = len(known.marks), len(found.changes)
    many = plural(of, "change") if number == of else f"{number} of {plural(of, 'change')}"
    proof = taken.proof if taken is not None else found.proof
    verdict = proof.sentence if proof.state is not State.OFF else "e proves"
    return " · ".join(part for part in (many, verdict if number else "", *_wishes(known), *_incomplete(found)) if part)


def _wishes(known: Known) -> Iterator[str]:
    wishes = known.wishes
    if wishes.online:
        yield "online"
    if wishes.keep_data:
        kept = len(known.drift.kept)
        yield f"data kept ({kept} left out)" if kept else "data kept"
    if wishes.ignore_generated_names:
        yield "generated names ignored"


def _incomplete(found: Drift) -> Iterator[str]:
    if found.unhandled:
        yield f"{len(found.unhandled):,} not handled"
    if found.candidates:
        yield f"{plural(len(found.candidates), 'rename')}? n"


def toned(line: str) -> Iterable[Part]:
    """Return a line of these texts in its tone: by its sign, or as a heading."""
    tone = _TONES.get(line.lstrip()[:1], "faint" if line.startswith("  ") else "")
    return [Part(line, tone)]


def _line(text: str) -> str:
    return sanitize(" ".join(text.split()))
