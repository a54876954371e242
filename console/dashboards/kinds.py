"""What each kind of panel may say beyond what all say: which columns it knows, which options, and how high it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.config import values
from console.config.values import Wrong
from console.dashboards.definition import Kind

Reader = Callable[[Any], Any]


def _number(least: int, most: int) -> Reader:
    def reader(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(f"has to be a whole number from {least} to {most}")
        return value

    return reader


@dataclass(frozen=True, slots=True)
class Form:
    """One kind: the columns that may be named, the options with their readers, its height in lines unless said."""

    columns: tuple[str, ...]
    height: int
    options: Mapping[str, Reader] = field(default_factory=dict)


_FORMS: Mapping[Kind, Form] = {
    Kind.NUMBER: Form(
        ("value", "before", "time", "note"),
        6,
        {
            "change": values.one_of("percent", "absolute", "none"),
            "good": values.one_of("up", "down", "neither"),
            "of": values.text,
            "growth": values.one_of("database"),
            "project": values.one_of("month"),
            "trend": values.flag,
        },
    ),
    Kind.LINE: Form(
        ("time", "value", "series"),
        11,
        {
            "fill": values.flag,
            "zero": values.flag,
            "absent": values.one_of("zero"),
            "of": values.text,
            "growth": values.one_of("database"),
        },
    ),
    Kind.BAR: Form(("label", "value"), 9, {"most": _number(1, 100), "order": values.one_of("given", "value", "label")}),
    Kind.STACKED: Form(("time", "label", "series", "value"), 11, {"most": _number(1, 8)}),
    Kind.GAUGE: Form(("label", "value", "limit", "mark", "note"), 6, {"project": values.one_of("month")}),
    Kind.HEAT: Form(("x", "y", "value"), 10),
    Kind.TABLE: Form(
        (),
        11,
        {
            "bars": values.listed,
            "most": _number(1, 1000),
            "hide": values.listed,
            "units": values.texts,
            "growth": values.one_of("database", "tables"),
        },
    ),
    Kind.HISTOGRAM: Form(("value", "bucket", "count"), 11, {"bins": _number(2, 100)}),
    Kind.SCATTER: Form(("x", "y", "series"), 13),
}

_OF_ALL: Mapping[str, Reader] = {"empty": values.text, "only": values.texts}

FORMS: Mapping[Kind, Form] = {kind: replace(form, options={**form.options, **_OF_ALL}) for kind, form in _FORMS.items()}
