"""How rows are written: each form takes the columns once, then rows batch by batch, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.rows.formats.form import Form
from console.rows.formats.insert import Insert, Into
from console.rows.formats.markdown import Markdown
from console.rows.formats.separated import Csv, Text
from console.rows.formats.typed import Json, JsonLines

__all__ = ["FORMS", "Csv", "Form", "Insert", "Into", "Json", "JsonLines", "Markdown", "Text"]

FORMS: Mapping[str, Callable[[], Form]] = {
    "csv": Csv,
    "json": Json,
    "ndjson": JsonLines,
    "markdown": Markdown,
    "text": Text,
}
