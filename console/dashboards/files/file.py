"""Reads a dashboard's file; docs/dashboards.md has its form. A mistake is a sentence with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from console.config import names
from console.config import values as config_values
from console.config.page import parsed
from console.config.table import Table
from console.dashboards import layout, periods
from console.dashboards.definition import Dashboard, Origin, Panel, Parameter, Row
from console.dashboards.files import values
from console.dashboards.files.panel_file import panel
from console.dashboards.kinds import FORMS

PARAMETERS = ("period", "choice", "text", "number")
_KEYS = ("title", "description", "refresh", "requires", "layout", "heights", "narrow", "parameters", "panels")
_OF_PARAMETER = ("title", "kind", "default", "choices", "sql")
_ID = re.compile(r"[a-z][a-z0-9_]{0,40}")
_FORM = 'Tables stand in brackets, texts in quotes: [panels.spend], then title = "Spend per day".'
_MOST = 60
_USUAL_REFRESH = 60.0


def parse(content: bytes, path: Path, origin: Origin = Origin.SHIPPED) -> Dashboard:
    """Return what a file says; its name without `.toml` is the dashboard's id. Raises BrokenConfig (a UsageError)."""
    table = Table(*parsed(path, content, hint=_FORM))
    table.only(*_KEYS)
    table.must_have("title", "layout", "panels")
    parameters = tuple(_parameter(name, each) for name, each in _named(table, "parameters"))
    given = _given(table, parameters)
    panels = {name: panel(name, each, given) for name, each in _named(table, "panels")}
    rows = _rows(table, "layout", panels, table.read(values.heights, "heights", ()))
    _must_all_stand(table, panels, rows)
    return Dashboard(
        id=path.stem,
        title=table.read(config_values.text, "title"),
        description=table.read(config_values.text, "description", ""),
        panels=MappingProxyType(panels),
        layout=rows,
        narrow=_rows(table, "narrow", panels) if "narrow" in table.said else layout.narrow(rows, panels),
        refresh=table.read(values.refresh, "refresh", _USUAL_REFRESH),
        parameters=parameters,
        requires=table.read(values.needs, "requires", ()),
        origin=origin,
        path=path,
    )


def gives(parameter: Parameter) -> tuple[str, ...]:
    """Return the names that a parameter gives to statements."""
    return ("since", "until") if parameter.kind == "period" else (parameter.id,)


def _given(table: Table, parameters: tuple[Parameter, ...]) -> set[str]:
    """Return the names that statements may use. Raises BrokenConfig for one that two parameters give."""
    given: dict[str, str] = {}
    for each in parameters:
        for name in gives(each):
            if name in given:
                raise table.broken(f"gives %({name})s, as {given[name]} does", "parameters", each.id)
            given[name] = each.id
    return set(given)


def _named(table: Table, key: str) -> Iterator[tuple[str, Table]]:
    for name, each in table.tables(key, most=_MOST):
        if not _ID.fullmatch(name):
            raise each.broken("may only have small letters, digits and _, a letter first")
        yield name, each


def _parameter(name: str, table: Table) -> Parameter:
    table.only(*_OF_PARAMETER)
    usual = "period" if name == "period" else "choice"
    kind = table.read(config_values.one_of(*PARAMETERS), "kind", usual)
    offered = table.read(values.choices, "choices", ())
    if kind == "period":
        offered = _periods(table, offered)
    else:
        _must_suit(table, kind, offered)
    return Parameter(
        id=name,
        title=table.read(config_values.text, "title", name.replace("_", " ")),
        kind=kind,
        default=table.read(values.text_or_number, "default", offered[0][0] if kind == "period" else ""),
        choices=offered,
        sql=table.read(config_values.text, "sql", ""),
    )


def _must_suit(table: Table, kind: str, offered: tuple[tuple[str, str], ...]) -> None:
    """Refuse a default that could not be chosen."""
    default = table.read(values.text_or_number, "default", "")
    if kind == "number" and default and not is_number(default):
        raise table.broken(f"has {default}, which is no number", "default")
    words = [word for word, _ in offered]
    if kind == "choice" and default and words and "sql" not in table.said and default not in words:
        raise table.broken(
            f"has {default}, which is none of the choices", "default", hint=f"Choices: {', '.join(words)}."
        )


def is_number(word: str) -> bool:
    """Return whether what was chosen can be a parameter's number.

    >>> is_number("-2.5"), is_number("1e5"), is_number("nan")
    (True, False, False)
    """
    return re.fullmatch(r"-?\d{1,300}(\.\d+)?", word, re.ASCII) is not None


def _periods(table: Table, offered: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    default = table.read(values.text_or_number, "default")
    for key, word in (*(("choices", word) for word, _ in offered), ("default", default)):
        if word is not None and not periods.known(word):
            raise table.broken(f"has {word}, which is no period", key, hint=periods.WORDS)
    return offered or tuple((word, word) for word in periods.USUAL)


def _rows(table: Table, key: str, panels: Mapping[str, Panel], heights: tuple[int, ...] = ()) -> tuple[Row, ...]:
    lines = table.read(values.rows, key)
    if heights and len(heights) != len(lines):
        raise table.broken(f"has {len(heights)} numbers for {len(lines)} rows of layout", "heights")
    for name in (name for cells in lines for name in cells):
        if name not in panels:
            meant = names.nearest(name, panels)
            hint = f"Did you mean {meant}?" if meant else f"Panels are: {', '.join(panels)}."
            raise table.broken(f"names {name}, and there is no [panels.{name}]", key, hint=hint)
    rows = tuple(
        Row(cells, heights[top] if heights else max(FORMS[panels[name].kind].height for name in cells))
        for top, cells in enumerate(lines)
    )
    try:
        layout.places(rows)
    except ValueError as error:
        raise table.broken(f"gives {error} cells that are no rectangle", key) from None
    return rows


def _must_all_stand(table: Table, panels: Mapping[str, Panel], rows: tuple[Row, ...]) -> None:
    shown = {name for row in rows for name in row.cells}
    for name in panels:
        if name not in shown:
            raise table.broken("stands nowhere in the layout", "panels", name)
