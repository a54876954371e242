"""The signs that pictures are made of, for terminals that have them and for those that know ASCII alone."""

from __future__ import annotations

from dataclasses import dataclass

from console.drawing.picture import Role

SERIES = (
    *(Role.SERIES_1, Role.SERIES_2, Role.SERIES_3, Role.SERIES_4),
    *(Role.SERIES_5, Role.SERIES_6, Role.SERIES_7, Role.SERIES_8),
)


@dataclass(frozen=True, slots=True)
class Signs:
    """`across` and `up` are parts of a cell, the least first.

    `fills`, `dots` and `ends` (letters where lines end) tell series apart without colour.
    """

    across: str
    up: str
    left: str
    track: str
    mark: str
    fills: str
    dots: str
    ends: str
    shades: str
    none: str
    rise: str
    fall: str
    same: str
    arrow: str
    more: str
    axis: str
    tick: str
    corner: str
    floor: str
    below: str
    level: str
    warn: str
    crit: str
    over: str
    braille: bool

    def severity(self, role: Role) -> str:
        """Return the sign of a severity with a blank, nothing where all is fine."""
        return {Role.WARN: f"{self.warn} ", Role.CRIT: f"{self.crit} "}.get(role, "")


UNICODE = Signs(
    across="▏▎▍▌▋▊▉█",
    up="▁▂▃▄▅▆▇█",
    left="▐",
    track="░",
    mark="┃",
    fills="█▓▒░▚▙▞▟",
    dots="•+×○▪◇△▽",
    ends="ABCDEFGH",
    shades="░▒▓█",
    none="·",
    rise="▲",
    fall="▼",
    same="=",
    arrow="→",
    more="…",
    axis="│",
    tick="┤",
    corner="└",
    floor="─",
    below="┬",
    level="╌",
    warn="!",
    crit="✗",
    over="▶",
    braille=True,
)
ASCII = Signs(
    across="#",
    up="_.-=+*#",
    left="#",
    track=".",
    mark="|",
    fills="#%=:+*o~",
    dots="*+ox#@%=",
    ends="*+ox#@%=",
    shades=".:+#",
    none=" ",
    rise="^",
    fall="v",
    same="=",
    arrow="->",
    more="...",
    axis="|",
    tick="+",
    corner="+",
    floor="-",
    below="+",
    level="-",
    warn="!",
    crit="x",
    over=">",
    braille=False,
)
