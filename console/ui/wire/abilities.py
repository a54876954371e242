"""What a terminal can be trusted with, beyond what every terminal does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Abilities(NamedTuple):
    """What the cheaper ways of writing need.

    `erases_characters`: ECH blanks some columns without moving. `colours_erased`: what is erased gets the background of
    the pen (terminfo's `bce`); tmux and screen do not promise it.
    """

    erases_characters: bool = False
    colours_erased: bool = False


def of(environ: Mapping[str, str]) -> Abilities:
    """Return the abilities of the terminal that TERM names in terminfo, the least where it is not to be found there.

    Inside tmux and screen TERM is often set to the terminal around them, whose erasing is not theirs.
    """
    try:
        import curses

        curses.setupterm(environ.get("TERM", "dumb"), 2)
    except (ImportError, OSError, curses.error):
        return Abilities()
    nested = bool(environ.get("TMUX") or environ.get("STY"))
    return Abilities(
        erases_characters=curses.tigetstr("ech") == b"\x1b[%p1%dX",
        colours_erased=curses.tigetflag("bce") == 1 and not nested,
    )
