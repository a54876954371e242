"""Reads one panel of a dashboard's file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from console.config import values as config_values
from console.config.table import Table
from console.dashboards.definition import Kind, Need, Panel, Thresholds
from console.dashboards.files import values
from console.dashboards.files.panel_sql import statements
from console.dashboards.kinds import FORMS, Form

_KEYS = (
    *("title", "kind", "sql", "query", "newer", "unit", "warn", "crit", "below", "refresh", "rate", "columns"),
    "requires",
)


def panel(name: str, table: Table, given: Collection[str]) -> Panel:
    """Return what a table says; `given` are the values that statements may use. Raises BrokenConfig."""
    table.must_have("title", "kind")
    kind = Kind(table.read(config_values.one_of(*Kind), "kind"))
    form = FORMS[kind]
    table.only(*_KEYS, *form.options)
    columns = table.read(config_values.texts, "columns", MappingProxyType({}))
    Table(columns, table.page, (*table.where, "columns")).only(*form.columns)
    (since, sql), *newer = statements(table, given).items()
    server = (Need("server", str(since)),) if since else ()
    return Panel(
        id=name,
        title=table.read(config_values.text, "title"),
        kind=kind,
        sql=sql,
        unit=table.read(config_values.text, "unit", ""),
        thresholds=_thresholds(table),
        refresh=table.read(values.refresh, "refresh"),
        rate=table.read(config_values.flag, "rate", False),
        columns=columns,
        options=_options(table, form),
        requires=(*table.read(values.needs, "requires", ()), *server),
        newer=tuple(newer),
    )


def _options(table: Table, form: Form) -> Mapping[str, object]:
    said = (key for key in form.options if key in table.said)
    return MappingProxyType({key: table.read(form.options[key], key) for key in said})


def _thresholds(table: Table) -> Thresholds:
    warn, crit = table.read(values.number, "warn"), table.read(values.number, "crit")
    below = table.read(config_values.flag, "below", False)
    if warn is not None and crit is not None and (crit > warn if below else crit < warn):
        raise table.broken(f"has to lie {'below' if below else 'above'} warn, or it would never be seen", "crit")
    return Thresholds(warn, crit, below)
