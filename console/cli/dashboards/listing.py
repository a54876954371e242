"""Prints which dashboards there are for a database, and why others do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from console.cli.call.retyping import retyped
from console.cli.terminal import lines
from console.cli.terminal.lines import Sign
from console.cli.terminal.telling import tell
from console.dashboards.definition import Dashboard, Origin
from console.dashboards.files.finding import Broken
from console.dashboards.offers import Offer
from console.text import plural, sanitize

_OUT = Sign("–")
_BEHIND_SIGN = 2


def print_list(offered: Sequence[Offer], target: str, word: str | None) -> None:
    """Print a line for each dashboard, what can be chosen below it, or why it cannot be opened.

    `target` is what the target is called, `word` what was typed for it.
    """
    widths = max((lines.cells(sanitize(each.found.id)) for each in offered), default=0)
    for offer in offered:
        for line in _lines(offer, widths):
            click.echo(line)
    click.echo(_summary_sign(offered)(f"{sanitize(target)}: {summary(offered)}"))
    example = next((each.found.id for each in offered if each.ok), None)
    if example is not None:
        tell(f"→ dbconsole dashboard {retyped(word)}{sanitize(example)} shows it.")


def as_dict(offered: Sequence[Offer]) -> dict[str, object]:
    """Return the shape of docs/json.md."""
    return {"summary": summary(offered), "dashboards": [each.as_dict() for each in offered]}


def summary(offered: Sequence[Offer]) -> str:
    """Say how many fit, and whether there are files that cannot be used."""
    fitting = sum(each.ok for each in offered)
    broken = sum(isinstance(each.found, Broken) for each in offered)
    said = f"{fitting} of {plural(len(offered), 'dashboard')} {'fits' if fitting == 1 else 'fit'}"
    return f"{said}; {plural(broken, 'file')} cannot be used" if broken else said


def code(offered: Sequence[Offer]) -> int:
    """Return the exit code: 1 when there is a file to mend."""
    return int(any(isinstance(each.found, Broken) for each in offered))


def _lines(offer: Offer, wide: int) -> Iterator[str]:
    found = offer.found
    name = sanitize(found.id)
    name += " " * (wide - lines.cells(name))
    indent = wide + 2 + _BEHIND_SIGN
    if isinstance(found, Broken):
        yield lines.BAD(f"{name}  cannot be used ({found.origin.value})")
        yield from lines.below(
            sanitize(" ".join(filter(None, (found.error.title, found.error.detail, found.error.hint)))), indent=indent
        )
        return
    where = "" if found.origin is Origin.SHIPPED else f" ({found.origin.value})"
    first, *rest = lines.wrapped(_about(found) + where, indent=indent)
    yield (lines.GOOD if offer.ok else _OUT)(f"{name}  {first}")
    yield from (" " * indent + line for line in rest)
    if offer.reason:
        yield from lines.below(sanitize(offer.reason), indent=indent)
    if offer.ok and found.parameters:
        yield from lines.below(_choices(found), indent=indent)


def _about(found: Dashboard) -> str:
    title, description = sanitize(found.title), sanitize(found.description)
    return f"{title}: {description}" if description else title


def _choices(found: Dashboard) -> str:
    """Say what can be chosen, as the options that do it."""
    return "  ".join(
        f'--period "{each.default}"' if each.kind == "period" else f"--set {each.id}={sanitize(each.default) or '…'}"
        for each in found.parameters
    )


def _summary_sign(offered: Sequence[Offer]) -> Sign:
    return lines.BAD if code(offered) else lines.GOOD if any(each.ok for each in offered) else lines.ODD
