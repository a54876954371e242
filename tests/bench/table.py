"""Prints the figures: ours, the target, whether it is met, and each peer with how many times ours it is."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figures import US, Figure, Sheet

_PLACES = {"s": 2, "×": 2, "ms": 1, "MB": 1, "B": 0, "%": 2}


def lines(sheet: Sheet) -> Iterator[str]:
    """Give the table line by line, one block a subject."""
    subject = ""
    for figure in sheet.figures:
        if figure.subject != subject:
            subject = figure.subject
            yield f"\n{subject}"
        yield _line(figure)
    if sheet.left_out:
        yield "\nleft out"
        yield from (f"  {sentence}" for sentence in sheet.left_out)


def _line(figure: Figure) -> str:
    ours = _said(figure.values.get(US), figure.unit)
    verdict = {True: "✓", False: "✗", None: " "}[figure.met]
    peers = "   ".join(_peer(figure, name) for name in figure.values if name != US)
    note = f"   ({figure.note})" if figure.note else ""
    return f"  {figure.what:<46} {ours:>10} {verdict} {_target(figure):<12} {peers}{note}"


def _target(figure: Figure) -> str:
    if figure.against:
        return f"≤ {figure.against}"
    return f"≤ {_said(figure.target, figure.unit)}" if figure.target is not None else ""


def _peer(figure: Figure, name: str) -> str:
    ratio = figure.ratio(name)
    times = f" ({ratio:.1f}×)" if ratio is not None else ""
    return f"{name} {_said(figure.values[name], figure.unit)}{times}"


def _said(value: float | None, unit: str) -> str:
    """Say a value with its unit.

    >>> _said(0.4567, "s"), _said(26900, "B"), _said(4, "trips"), _said(None, "s")
    ('0.46 s', '26,900 B', '4 trips', '–')
    """
    return "–" if value is None else f"{value:,.{_PLACES.get(unit, 0)}f} {unit}"


def write_json(sheet: Sheet, path: Path, machine: Mapping[str, object]) -> None:
    """Write the figures for programs."""
    figures = [{**asdict(figure), "met": figure.met} for figure in sheet.figures]
    document = {"machine": machine, "figures": figures, "left_out": sheet.left_out}
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def machine(load: tuple[float, float, float], cores: int | None) -> dict[str, object]:
    """Say where and when it was measured; a load above the number of cores makes times worthless."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"at": now, "cores": cores, "load": [round(one, 2) for one in load], "python": platform.python_version()}
