"""What the target holds now: tables and views, indexes by table, functions, triggers, policies, types, extensions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from console.catalog.markdown import made_of, using
from console.catalog.marks import code, plain, table
from console.catalog.model import Extension, Index, Key, Kind, Policy, Routine, Trigger
from console.migrations.report.facts import Holding, Origin, Report, own_indexes
from console.migrations.report.sections.saying import (
    COUNTED,
    applies,
    heading,
    kind,
    labelled,
    named,
    own_name,
    rows,
    shortened,
    size,
    skipped,
)
from console.text import plural

_TABLES = (Kind.TABLE, Kind.FOREIGN_TABLE)
_VIEWS = (Kind.VIEW, Kind.MATERIALIZED_VIEW)
_ROUTINES = (Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE)
_TYPES = (Kind.TYPE, Kind.DOMAIN)


def inventory(report: Report) -> Iterator[str]:
    """Return the final state."""
    yield "## Final state"
    yield from _remarks(report)
    yield from _tables(report)
    yield from _views(report)
    yield from _indexes(report)
    yield from _listed(report, "Functions", _ROUTINES, _function)
    yield from _listed(report, "Triggers", (Kind.TRIGGER,), _trigger)
    yield from _listed(report, "Policies", (Kind.POLICY,), _policy)
    yield from _listed(report, "Types", _TYPES, lambda holding: made_of(holding.made))
    yield from _listed(report, "Extensions", (Kind.EXTENSION,), _extension)


def _remarks(report: Report) -> Iterator[str]:
    if report.shadow.complete:
        yield (
            "*existing*: there before these migrations, or made by something else. *created*: by a migration of this"
            " report. Rows with ≈ are the planner's estimates of the last ANALYZE or VACUUM, others are counted now."
            " Sizes are measured now, with indexes and TOAST."
        )
    else:
        yield skipped(f"which of these a migration made is not known: {report.shadow.reason}")
    for reason in report.unmeasured:
        yield skipped(reason)
    if report.locked:
        yield f"Locked while the catalog was read, so not all of it is known: {', '.join(map(named, report.locked))}."


def _tables(report: Report) -> Iterator[str]:
    found = report.of(*_TABLES)
    yield heading(len(found), "table")
    if found:
        cells = [(named(each.key), rows(each.size), size(each.size.bytes), *_origin(each)) for each in found]
        yield table(("Table", "Rows", "Size", "Status", "By"), cells, right={1, 2})
        taken = sum(each.size.bytes or 0 for each in found)
        yield f"{_origins(found)}; {size(taken)} in all."


def _views(report: Report) -> Iterator[str]:
    found = report.of(*_VIEWS)
    yield heading(len(found), "view")
    if found:
        cells = [(named(each.key), kind(each.key), _columns(each), *_origin(each)) for each in found]
        yield table(("View", "Kind", "Columns", "Status", "By"), cells, right={2})
        yield f"{_origins(found)}."


def _columns(holding: Holding) -> str:
    return str(len(getattr(holding.made, "columns", ())))


def _indexes(report: Report) -> Iterator[str]:
    every = report.of(Kind.INDEX)
    found = own_indexes(every)
    yield heading(len(found), "index", "indexes")
    rest = len(every) - len(found)
    if rest:
        yield f"Besides, {plural(rest, 'index comes with a key', 'indexes come with keys')} and are not listed."
    if not found:
        return
    by_table = _by_table(found)
    cells = [_index(table, each) for table, some in by_table.items() for each in some]
    yield table(("Table", "Index", "On", "Size", "Status", "By"), cells, right={3})
    totals = [
        (named(table), str(len(some)), str(_created(some)), size(sum(each.size.bytes or 0 for each in some)))
        for table, some in by_table.items()
    ]
    totals.append(("**all**", str(len(found)), str(_created(found)), size(sum(each.size.bytes or 0 for each in found))))
    yield "By table:"
    yield table(("Table", "Indexes", "Created", "Size"), totals, right={1, 2, 3})


def _by_table(found: Sequence[Holding]) -> dict[Key, list[Holding]]:
    grouped: defaultdict[Key, list[Holding]] = defaultdict(list)
    for each in found:
        if isinstance(each.made, Index):
            grouped[each.made.table].append(each)
    return dict(sorted(grouped.items()))


def _index(table: Key, holding: Holding) -> tuple[str, ...]:
    assert isinstance(holding.made, Index)
    invalid = "" if holding.made.valid else " **not valid**"
    on = code(shortened(using(holding.made.definition))) + invalid
    return named(table), own_name(holding.key), on, size(holding.size.bytes), *_origin(holding)


def _created(found: Sequence[Holding]) -> int:
    return sum(each.origin is Origin.CREATED for each in found)


def _listed(report: Report, title: str, kinds: tuple[Kind, ...], about: Callable[[Holding], str]) -> Iterator[str]:
    found = report.of(*kinds)
    one, many = (title.lower().removesuffix("s"), title.lower()) if len(kinds) > 1 else COUNTED[kinds[0]]
    yield heading(len(found), one, many)
    if not found:
        return
    cells = [(named(each.key), about(each), *_origin(each)) for each in found]
    yield table((one.capitalize(), "In short", "Status", "By"), cells)
    yield f"{_origins(found)}."


def _function(holding: Holding) -> str:
    made = holding.made
    if not isinstance(made, Routine):
        return kind(holding.key)
    result = f"returns {code(shortened(made.result))}, " if made.result else ""
    return f"{result}{plain(made.language)}"


def _trigger(holding: Holding) -> str:
    made = holding.made
    if not isinstance(made, Trigger):
        return ""
    state = {"D": "**disabled**, ", "R": "on replicas, ", "A": "always, "}.get(made.enabled, "")
    return f"{state}runs {named(made.function)}" if made.function is not None else state.rstrip(", ")


def _policy(holding: Holding) -> str:
    return applies(holding.made) if isinstance(holding.made, Policy) else ""


def _extension(holding: Holding) -> str:
    made = holding.made
    return f"{plain(made.version)} in schema {code(made.schema)}" if isinstance(made, Extension) else ""


def _origin(holding: Holding) -> tuple[str, str]:
    if holding.origin is Origin.UNKNOWN:
        return "skipped", ""
    return holding.origin.value, labelled(holding.by) if holding.by else ""


def _origins(found: Sequence[Holding]) -> str:
    """Say how many are of which origin."""
    counted = Counter(each.origin for each in found)
    said = [f"{number} {origin.value}" for origin in Origin if (number := counted[origin])]
    return ", ".join(said).replace("unknown", "of unknown origin")
