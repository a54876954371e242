"""Moving the cursor in the fewest bytes."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def move(row: int | None, column: int | None, to_row: int, to_column: int) -> str:
    r"""Return the shortest text that moves the cursor, all counted from 0; None is a place that is not known.

    Only CR, LF, BS, CUU, CUD, CUF, CUB, CHA and CUP are used, which every terminal with an alternate screen has.

    >>> move(4, 10, 4, 10), move(4, 10, 4, 12), move(4, 10, 5, 0), move(4, 10, 5, 9), move(None, None, 4, 0)
    ('', '\x1b[2C', '\r\n', '\x1b[B\x08', '\x1b[5H')
    """
    ways = [_absolute(to_row, to_column)]
    if row is not None:
        vertically = _step(to_row - row, "B", "A")
        ways += [vertically + across for across in _across(column, to_column)]
        if to_row == row + 1 and to_column == 0:
            ways.append("\r\n")
    return min(ways, key=len)


def _absolute(row: int, column: int) -> str:
    if column == 0:
        return f"\x1b[{row + 1}H" if row else "\x1b[H"
    return f"\x1b[{row + 1};{column + 1}H" if row else f"\x1b[;{column + 1}H"


def _across(column: int | None, to_column: int) -> list[str]:
    ways = [f"\x1b[{to_column + 1}G" if to_column else "\r"]
    if column is not None:
        ways.append(_step(to_column - column, "C", "D"))
        ways += ["\b" * (column - to_column)] * (0 < column - to_column < 4)
    return ways


def _step(distance: int, forward: str, backward: str) -> str:
    if distance == 0:
        return ""
    count = abs(distance) if abs(distance) > 1 else ""
    return f"\x1b[{count}{forward if distance > 0 else backward}"
