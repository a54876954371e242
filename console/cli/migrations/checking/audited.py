"""What `dbconsole audit` prints: a target's tables and objects, what is amiss with them, and targets side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from console.catalog.model import Kind
from console.cli.migrations.several import NOT_REACHED, Result
from console.cli.terminal import lines
from console.cli.terminal.lines import Sign
from console.cli.terminal.telling import tell, tell_error
from console.migrations.audit.facts import Audit, Found, Group, Item, TableFound
from console.migrations.audit.summary import share, summary
from console.text import count, plural, sanitize

_FINE, _INCOMPLETE = 0, 6
_SAID = {Found.MISSING: "is missing", Found.DIFFERS: "differs", Found.EXTRA: "is not expected"}
_SIGNS = {Found.PRESENT: lines.GOOD, Found.MISSING: lines.BAD, Found.DIFFERS: lines.EDITED}


def summary_of(result: Result[Audit]) -> str:
    """Return what is said of one target in one line."""
    if result.found is not None:
        return summary(result.found)
    return sanitize(result.error.title) if result.error is not None else NOT_REACHED


def print_result(result: Result[Audit]) -> None:
    """Print what was found on one target; why there is no audit is told as any error is."""
    if result.error is not None:
        click.echo(lines.BAD(f"{sanitize(result.target)}: not audited"))
        tell_error(result.error)
        return
    assert result.found is not None
    _print_head(result.found)
    _print_tables(result.found)
    _print_objects(result.found)
    click.echo(_overall(result)(summary(result.found)))


def _print_head(found: Audit) -> None:
    click.echo(f"{sanitize(found.target)}: database {sanitize(found.database)}, PostgreSQL {found.server}")
    pending = f", {len(found.pending)} pending" if found.pending else ""
    click.echo(f"expected: {plural(found.migrations, 'migration')} of {sanitize(str(found.folder))}{pending}")
    if not found.comparable:
        tell(
            f"! The expected was made in PostgreSQL {found.made_in}: only names, types and NOT NULL are compared.",
            style="yellow",
        )


def _print_tables(found: Audit) -> None:
    tables = found.comparison.tables
    rows = [(lines.short(sanitize(str(each.item.key))), _columns(each), _rows(each)) for each in tables]
    for table, line in zip(tables, lines.columns(rows, right={1, 2}) if rows else (), strict=True):
        click.echo(_sign(table.status)(line))
        for detail in _details(table):
            lines.print_wrapped(detail)


def _details(table: TableFound) -> Iterator[str]:
    if table.item.status is not Found.PRESENT:
        yield _told(table.item)
    if table.item.status is not Found.MISSING:
        yield from (_told(each) for each in table.columns if each.status is not Found.PRESENT)
        yield table.rows.reason


def _columns(table: TableFound) -> str:
    expected = [each for each in table.columns if each.status is not Found.EXTRA]
    there = sum(each.status is Found.PRESENT for each in expected)
    return f"{there}/{len(expected)} columns"


def _rows(table: TableFound) -> str:
    """Say the rows, estimates with a tilde."""
    if table.item.status is Found.MISSING:
        return ""
    if table.rows.number is None:
        return "rows not known"
    return plural(table.rows.number, "row") if table.rows.counted else f"~{count(table.rows.number)} rows"


def _told(item: Item) -> str:
    """Say one finding: `column category_id text is missing (0008_category_columns, pending)`."""
    what = item.key.name if item.key.kind is Kind.COLUMN else str(item.key)
    type_ = item.expected or item.found
    head = sanitize(f"{item.key.kind} {what}{f' {type_}' if type_ else ''} {_SAID.get(item.status, 'is not known')}")
    detail = f": {sanitize(item.detail)}" if item.detail else ""
    by = f" ({sanitize(item.migration)}{', pending' if item.pending else ''})" if item.migration else ""
    return f"{head}{detail}{by}"


def _print_objects(found: Audit) -> None:
    """Print a line for each group, and one for each of it that is not as expected, unless its table is missing."""
    shown = frozenset(found.comparison.with_parents_there())
    for group in Group:
        items = [item for item in found.comparison.objects if item.group is group]
        if not items:
            continue
        worst = next((each for each in (Found.MISSING, Found.DIFFERS, Found.UNKNOWN) if _any(items, each)), None)
        click.echo(_sign(worst or Found.PRESENT)(f"{group}: {share(found, group)}"))
        for item in items:
            if item.status is not Found.PRESENT and item in shown:
                lines.print_wrapped(_told(item))
    _print_extensions(found)
    if found.comparison.besides:
        click.echo(f"besides: {plural(len(found.comparison.besides), 'table')} that no migration makes")


def _print_extensions(found: Audit) -> None:
    for each in found.comparison.extensions:
        version = f" ({sanitize(each.version)})" if each.version else ""
        click.echo(_sign(each.item.status)(f"{sanitize(each.sentence)}{version}"))
        if each.item.detail:
            lines.print_wrapped(sanitize(each.item.detail))


def _any(items: Sequence[Item], status: Found) -> bool:
    return any(item.status is status for item in items)


def _sign(status: Found) -> Sign:
    return _SIGNS.get(status, lines.ODD)


def _overall(result: Result[Audit]) -> Sign:
    if result.found is None:
        return lines.BAD if result.reached else lines.ODD
    return {_FINE: lines.GOOD, _INCOMPLETE: lines.ODD}.get(result.found.exit_code, lines.BAD)


def print_side_by_side(results: Sequence[Result[Audit]]) -> None:
    """Print a line for each target, below the groups of objects."""
    click.echo()
    table = list(lines.columns(list(_table(results))))
    click.echo(f"  {table[0]}")
    for result, line in zip(results, table[1:], strict=True):
        click.echo(_overall(result)(line))


def _table(results: Sequence[Result[Audit]]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each target, below the groups of which anything is expected anywhere."""
    audits = [each.found for each in results if each.found is not None]
    groups = [group for group in Group if any(share(each, group) != "–" for each in audits)]
    yield ("target", *groups, "as expected")
    for each in results:
        name, found = lines.short(sanitize(each.target)), each.found
        if found is None:
            yield (name, *("–" for _ in groups), "not audited" if each.reached else NOT_REACHED)
        else:
            rate = f"{found.passed:,}/{found.total:,}"
            yield (name, *(share(found, group) for group in groups), rate)
