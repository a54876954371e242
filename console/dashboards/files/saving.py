"""Writes a dashboard's file, and reads back what it has written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from console.config import paths
from console.dashboards import layout
from console.dashboards.definition import Dashboard, Origin, Panel, Parameter
from console.dashboards.files.file import parse
from console.dashboards.files.finding import FOLDER
from console.errors import Refused

_UNLIKE = re.compile(r"'''|'$|[\x00-\x08\x0b-\x1f\x7f]")


def save(dashboard: Dashboard, environ: Mapping[str, str]) -> Path:
    """Write a dashboard into the user's own folder and return the file.

    Raises Refused when there is a file of that name, UsageError when it cannot be written.
    """
    path = paths.config_dir(environ) / FOLDER / f"{dashboard.id}.toml"
    if path.exists():
        raise Refused(f"{path} is there already; nothing was written.", hint="Save it by another name.")
    written = text(dashboard)
    read = parse(written.encode(), path, Origin.USER)
    assert read == replace(dashboard, origin=Origin.USER, path=path, narrow=read.narrow), "it reads otherwise"
    paths.write_private(path, written)
    return path


def name_of(title: str) -> str:
    """Return a file's name for a title.

    >>> name_of("Cost by model, 2026"), name_of("…")
    ('cost-by-model-2026', 'dashboard')
    """
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-") or "dashboard"


def text(dashboard: Dashboard) -> str:
    """Return the text of a dashboard's file; statements of files beside it become its own."""
    return "\n".join(_lines(dashboard)) + "\n"


def _lines(dashboard: Dashboard) -> Iterator[str]:
    yield f"title = {_quoted(dashboard.title)}"
    if dashboard.description:
        yield f"description = {_quoted(dashboard.description)}"
    yield f"refresh = {_refresh(dashboard.refresh)}"
    if dashboard.requires:
        yield f"requires = {_listed(map(str, dashboard.requires))}"
    yield f"layout = {_listed(' '.join(row.cells) for row in dashboard.layout)}"
    yield f"heights = {json.dumps([row.height for row in dashboard.layout])}"
    if dashboard.narrow and dashboard.narrow != layout.narrow(dashboard.layout, dashboard.panels):
        yield f"narrow = {_listed(' '.join(row.cells) for row in dashboard.narrow)}"
    for parameter in dashboard.parameters:
        yield from ("", f"[parameters.{parameter.id}]", *_parameter(parameter))
    for panel in dashboard.panels.values():
        yield from ("", f"[panels.{panel.id}]", *_panel(panel))


def _parameter(parameter: Parameter) -> Iterator[str]:
    yield f"title = {_quoted(parameter.title)}"
    yield f"kind = {_quoted(parameter.kind)}"
    if parameter.default:
        yield f"default = {_quoted(parameter.default)}"
    if parameter.choices:
        pairs = ", ".join(f"{_quoted(value)} = {_quoted(label)}" for value, label in parameter.choices)
        yield f"choices = {{ {pairs} }}"
    if parameter.sql:
        yield f"sql = {_statement(parameter.sql)}"


def _panel(panel: Panel) -> Iterator[str]:
    yield f"title = {_quoted(panel.title)}"
    yield f"kind = {_quoted(panel.kind)}"
    if panel.unit:
        yield f"unit = {_quoted(panel.unit)}"
    if panel.rate:
        yield "rate = true"
    yield from _thresholds(panel)
    if panel.refresh is not None:
        yield f"refresh = {_refresh(panel.refresh)}"
    if panel.requires:
        yield f"requires = {_listed(map(str, panel.requires))}"
    if panel.columns:
        yield f"columns = {_value(panel.columns)}"
    yield from (f"{key} = {_value(value)}" for key, value in panel.options.items())
    if panel.sql:
        yield f"sql = {_statement(panel.sql)}"
    if panel.newer:
        yield f"[panels.{panel.id}.newer]"
        yield from (f"{version} = {_statement(sql)}" for version, sql in panel.newer)


def _thresholds(panel: Panel) -> Iterator[str]:
    for key in ("warn", "crit"):
        value = getattr(panel.thresholds, key)
        if value is not None:
            yield f"{key} = {value!r}"
    if panel.thresholds.below:
        yield "below = true"


def _refresh(seconds: float) -> str:
    return _quoted(f"{seconds:g}s" if seconds else "manual")


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(each)}' for key, each in value.items())} }}"
    if isinstance(value, tuple):
        return _listed(map(str, value))
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _listed(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"


def _quoted(said: str) -> str:
    """Return a basic string of TOML; JSON's is one, but for the sign DEL."""
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007F")


def _statement(sql: str) -> str:
    """Return a statement on lines of its own, where that reads as the same text."""
    return f"'''\n{sql}'''" if "\n" in sql and not _UNLIKE.search(sql) else _quoted(sql)
