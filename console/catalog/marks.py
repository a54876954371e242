r"""The marks of Markdown: text, code, blocks and tables in which nothing of a database is anything but text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from console.text import sanitize, width

# An underscore between letters means nothing.
_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~&]|(?<![^\W_])_|_(?![^\W_]))")


def plain(text: str) -> str:
    r"""Return text that Markdown takes as it is, in one line.

    >>> plain("a *b*\n[c](d) | <e>")
    'a \\*b\\* \\[c\\](d) \\| \\<e\\>'
    >>> plain("user_id"), plain("_a_")
    ('user_id', '\\_a\\_')
    """
    return _SPECIAL.sub(r"\\\1", sanitize(" ".join(text.split())))


def code(text: str) -> str:
    """Return text as a code span, whatever backticks it holds; bars are escaped for the tables it may stand in.

    >>> code("a"), code("a`b"), code("a|b")
    ('`a`', '`` a`b ``', '`a\\\\|b`')
    """
    shown = (sanitize(" ".join(text.split())) or "␠").replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if longest else f"{fence}{shown}{fence}"


def block(text: str) -> str:
    """Return SQL as a fenced block, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}sql\n{sanitize(text, lines=True).strip()}\n{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[int] = ()) -> str:
    r"""Return a table whose columns stand below each other, those in `right` as numbers. Cells are Markdown already.

    >>> print(table(("Name", "Rows"), [("a", "1"), ("bcd", "10")], right={1}))
    | Name | Rows |
    | ---- | ---: |
    | a    |    1 |
    | bcd  |   10 |
    """
    lines = [list(head), *map(list, rows)]
    widths = [max(3, *map(width, column)) for column in zip(*lines, strict=True)]
    rule = [f"{'-' * (wide - 1)}:" if place in right else "-" * wide for place, wide in enumerate(widths)]
    lines.insert(1, rule)
    return "\n".join(_row(cells, widths, right) for cells in lines)


def bullets(lines: Iterable[str]) -> str:
    """Return a list; its lines are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def _row(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    filled = []
    for place, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        blanks = " " * (wide - width(cell))
        filled.append(blanks + cell if place in right else cell + blanks)
    return f"| {' | '.join(filled)} |"
