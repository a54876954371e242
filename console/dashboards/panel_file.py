"""Reads one panel of a dashboard's file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from console.config import names
from console.config import values as config_values
from console.config.table import Table
from console.dashboards import values
from console.dashboards.definition import Kind, Panel, Thresholds
from console.dashboards.kinds import FORMS, Form

_KEYS = ("title", "kind", "sql", "query", "unit", "warn", "crit", "below", "refresh", "rate", "columns", "requires")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_QUERY = re.compile(r"\w[\w-]*(/\w[\w-]*)*")


def panel(name: str, table: Table, given: Collection[str]) -> Panel:
    """Return what a table says; `given` are the values that statements may use. Raises BrokenConfig."""
    table.must_have("title", "kind")
    kind = Kind(table.read(config_values.one_of(*Kind), "kind"))
    form = FORMS[kind]
    table.only(*_KEYS, *form.options)
    columns = table.read(config_values.texts, "columns", MappingProxyType({}))
    Table(columns, table.page, (*table.where, "columns")).only(*form.columns)
    return Panel(
        id=name,
        title=table.read(config_values.text, "title"),
        kind=kind,
        sql=_sql(table, given),
        unit=table.read(config_values.text, "unit", ""),
        thresholds=_thresholds(table),
        refresh=table.read(values.refresh, "refresh"),
        rate=table.read(config_values.flag, "rate", False),
        columns=columns,
        options=MappingProxyType(
            {key: table.read(form.options[key], key) for key in form.options if key in table.said}
        ),
        requires=table.read(values.needs, "requires", ()),
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


def _sql(table: Table, given: Collection[str]) -> str:
    """Return the statement of a panel: its own, or a file's below the folder of the dashboard's."""
    if ("sql" in table.said) == ("query" in table.said):
        raise table.broken(f"has {'both' if 'sql' in table.said else 'neither'} sql and query; it needs one of them")
    key = "sql" if "sql" in table.said else "query"
    sql = table.read(config_values.text, "sql") if key == "sql" else _of_file(table)
    for name in _PLACEHOLDER.findall(sql):
        if name not in given:
            meant = names.nearest(name, given)
            hint = f"Did you mean %({meant})s?" if meant else f"Add [parameters.{name}], or leave it out."
            raise table.broken(f"uses %({name})s, which no parameter gives", key, hint=hint)
    return str(sql)


def _of_file(table: Table) -> str:
    name = table.read(config_values.text, "query")
    if not _QUERY.fullmatch(name):
        raise table.broken('has to be the name of a file below this one\'s folder, such as "cost/days"', "query")
    file = table.page.file.parent / f"{name}.sql"
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise table.broken(f"names {file}, which cannot be read", "query") from None
