"""docs/dashboards.md names what each kind of panel knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from console.dashboards import units
from console.dashboards.definition import Kind
from console.dashboards.kinds import FORMS

PAGE = (Path(__file__).parents[2] / "docs" / "dashboards.md").read_text("utf-8")


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_in_the_table(kind: Kind) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |"))
    said = set(re.findall(r"`(\w+)`", row))
    everywhere = {word for code in re.findall(r"`([^`\n]+)`", PAGE) for word in re.findall(r"\w+", code)}
    assert set(FORMS[kind].columns) <= said
    assert set(FORMS[kind].options) <= said | everywhere


def test_all_units_are_named() -> None:
    known = {*units.MONEY, *units.BYTES, *units.SPANS, "%", "ratio"}
    spellings = {"B", "TB", "µs", "seconds", "minutes", "hours", "days"}  # of the same
    assert known - spellings <= set(re.findall(r"`([\w%]+)`", PAGE))
