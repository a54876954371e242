"""What a process weighs: resident memory and processor time, from /proc."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Return the resident memory of a process and its children, in MB of a million bytes."""
    return sum(_status(process, "VmRSS") for process in (pid, *_children(pid)))


def peak(pid: int) -> float:
    """Return the most resident memory that the process has had so far, in MB; 0 when it is gone."""
    return _status(pid, "VmHWM")


def processor_time(pid: int, *, ended: bool = False) -> float:
    """Return the seconds of processor time that the process and its children have used; with `ended` those gone too."""
    return sum(_processor_time(process, ended=ended) for process in (pid, *_children(pid)))


def _children(pid: int) -> list[int]:
    """Return the processes below this one."""
    try:
        texts = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    direct = [int(word) for text in texts for word in text.split()]
    return [process for child in direct for process in (child, *_children(child))]


def _status(pid: int, name: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{name}:")), 0.0)


def _processor_time(pid: int, *, ended: bool) -> float:
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, words[11 : 15 if ended else 13])) / _TICKS
