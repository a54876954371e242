"""The phases: a migration each, with every object that it makes, and how that stands in the target now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from console.catalog.compare import Action
from console.catalog.markdown import COLUMN_HEAD, column_cells, made_of, using
from console.catalog.marks import bullets, code, plain, table
from console.catalog.model import (
    Column,
    Constraint,
    Extension,
    ForeignTable,
    Index,
    Key,
    MaterializedView,
    Object,
    Policy,
    Routine,
    Table,
    Trigger,
    View,
)
from console.catalog.model import Sequence as DatabaseSequence
from console.migrations.report.facts import Deed, Now, Phase, Report
from console.migrations.report.sections.saying import (
    applies,
    counts,
    kind,
    labelled,
    moment,
    named,
    own_name,
    shortened,
    skipped,
    took,
)
from console.text import plural, sanitize

_DONE = {Action.CREATE: "created", Action.ALTER: "altered", Action.DROP: "dropped"}
_TO_COME = {Action.CREATE: "to create", Action.ALTER: "to alter", Action.DROP: "to drop"}
_SIGNS = {Now.PRESENT: "✓ present", Now.DIFFERS: "≠ differs", Now.MISSING: "✗ missing", Now.PENDING: "● pending"}
_LATE = "dropped since"


def phases(report: Report) -> Iterator[str]:
    """Return a part for each migration."""
    yield "## Phases"
    yield _explained(report)
    for number, phase in enumerate(report.phases, 1):
        yield from _phase(phase, number)


def _explained(report: Report) -> str:
    shadow = report.shadow
    if not shadow.version:
        return skipped(f"which objects each made is not known: {shadow.reason}")
    how = (
        f"Which objects each migration makes was found out by running them one by one in an empty throw-away"
        f" PostgreSQL {plain(shadow.version)} and comparing the catalogs before and after each; the status is how the"
        " target has the object now."
    )
    if not shadow.comparable:
        how += " The target is of another major version, so objects are compared by name and kind only."
    if any(phase.state.value == "edited" for phase in report.phases):
        how += " Of an edited migration it is the file as it is now that was run."
    return how


def _phase(phase: Phase, number: int) -> Iterator[str]:
    yield f"### Phase {number}: {labelled(phase.label)} · {phase.state.value.replace('_', ' ')}"
    yield bullets(_about(phase))
    if phase.skipped:
        yield skipped(f"what it makes is not known: {phase.skipped}")
        return
    tables = {deed.key: deed for deed in phase.deeds if _is_new_table(deed)}
    parts = _parts(phase, tables)
    for key, deed in tables.items():
        yield from _table(deed, parts[key])
    rest = [deed for deed in phase.deeds if not _is_new_table(deed) and not _told_above(deed, tables)]
    if rest:
        yield "Also:" if tables else "Objects:"
        yield table(("What", "Object", "Done", "Status", "In short"), [_row(deed) for deed in rest])


def _about(phase: Phase) -> Iterator[str]:
    if phase.reason:
        yield plain(phase.reason)
    if phase.applied:
        batch = f", batch {phase.batch}" if phase.batch is not None else ""
        role = f" as {code(sanitize(phase.role))}" if phase.role else ""
        by = f" by {code(sanitize(phase.operator))}" if phase.operator else ""
        yield f"applied {moment(phase.applied_at)}{batch}{by}{role}, in {took(phase.duration_ms)}"
    if phase.statements is not None:
        yield f"{plural(phase.statements, 'statement')}, {form(phase)}"
    if not phase.skipped:
        made = counts(phase.created())
        verb = "created" if phase.applied else "would create"
        yield f"{verb} {made}" if made else _without_objects(phase)


def form(phase: Phase) -> str:
    """Say in which form a phase runs, or ran."""
    if phase.transaction is None:
        return "how they ran is not known"
    return "in one transaction" if phase.transaction else "statement by statement, outside a transaction"


def _without_objects(phase: Phase) -> str:
    return "creates no objects" if phase.deeds else "changes no objects of the catalog"


def _is_new_table(deed: Deed) -> bool:
    return deed.action is Action.CREATE and isinstance(deed.made, Table | ForeignTable)


def _parts(phase: Phase, tables: Mapping[Key, Deed]) -> dict[Key, list[Deed]]:
    """Return the indexes and constraints of the new tables."""
    found: dict[Key, list[Deed]] = {key: [] for key in tables}
    for deed in phase.deeds:
        if deed.action is Action.CREATE and isinstance(deed.made, Index | Constraint) and deed.made.table in found:
            found[deed.made.table].append(deed)
    return found


def _told_above(deed: Deed, tables: Collection[Key]) -> bool:
    """What stands with its table: its indexes and keys, the sequences of its columns."""
    if deed.action is not Action.CREATE or deed.now in (Now.MISSING, Now.DIFFERS):
        return False
    made = deed.made
    if isinstance(made, Index | Constraint):
        return made.table in tables
    return isinstance(made, DatabaseSequence) and made.owned_by is not None


def _table(deed: Deed, parts: Sequence[Deed]) -> Iterator[str]:
    yield f"**{kind(deed.key).capitalize()} {named(deed.key)}** · {_standing(deed)}{_in_what(deed)}"
    made = deed.made
    if isinstance(made, Table | ForeignTable) and made.columns:
        yield table(*_columns(made.columns))
    found = [(_of_table(each.made), each) for each in parts]
    lines = [f"{said}{'' if each.now is Now.PRESENT else f' · {_standing(each)}'}" for said, each in found]
    for title, sort in (("Indexes", Index), ("Keys and checks", Constraint)):
        some = [line for line, (_, each) in zip(lines, found, strict=True) if isinstance(each.made, sort)]
        if some:
            yield f"{title}:\n\n{bullets(some)}"


def _columns(columns: Sequence[Column]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the table of columns, without their comments."""
    return COLUMN_HEAD[:-1], [column_cells(column)[:-1] for column in columns]


def _of_table(made: Object | Column | None) -> str:
    match made:
        case Index():
            return f"{own_name(made.key)}: {code(using(made.definition))}"
        case Constraint():
            return f"{own_name(made.key)}: {code(made.definition or 'locked')}"
    return ""


def _row(deed: Deed) -> tuple[str, ...]:
    done = (_TO_COME if deed.now is Now.PENDING else _DONE)[deed.action]
    return kind(deed.key), named(deed.key), done, _standing(deed), plain(deed.detail) or short(deed.made)


def _standing(deed: Deed) -> str:
    if deed.action is Action.DROP:
        return "● pending" if deed.now is Now.PENDING else "✓ gone"
    return _LATE if deed.now is Now.GONE else _SIGNS[deed.now]


def _in_what(deed: Deed) -> str:
    return f": {plain(deed.detail)}" if deed.detail else ""


def short(made: Object | Column | None) -> str:
    """Say in short what an object or a column is, in Markdown."""
    match made:
        case Column():
            return code(shortened(f"{made.type}{f' default {made.default}' if made.default else ''}"))
        case Index():
            return code(shortened(using(made.definition)))
        case Constraint():
            return code(shortened(made.definition or "locked"))
        case Routine():
            return f"returns {code(shortened(made.result))}" if made.result else ""
        case Trigger():
            return code(shortened(_when(made.definition or "")))
        case Policy():
            return applies(made)
        case View() | MaterializedView():
            return plural(len(made.columns), "column")
        case Extension():
            return f"version {plain(made.version)}"
        case Object():
            return made_of(made)
    return ""


def _when(definition: str) -> str:
    """Return what follows the name in CREATE TRIGGER.

    >>> _when("CREATE TRIGGER a BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION c()")
    'BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION c()'
    """
    for word in (" BEFORE ", " AFTER ", " INSTEAD OF "):
        _, found, after = definition.partition(word)
        if found:
            return f"{word.strip()} {after}"
    return definition
