"""Runs programs to their end: how long it took and how much memory it took at most; and alternates between programs."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.bench import memory

T = TypeVar("T")

_BETWEEN_LOOKS = 0.002
_AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}  # what is installed is compiled; a start that compiles is not measured


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: `seconds` from start to end, `peak` in MB."""

    seconds: float
    peak: float


def run(
    argv: Sequence[str], *, env: Mapping[str, str] | None = None, timeout: float = 300, codes: Sequence[int] = (0,)
) -> Run:
    """Run a program, its output thrown away; it has done its work when it ends with one of the codes.

    Memory is the kernel's high-water mark of the program itself, read until it ends. Raises CalledProcessError when
    it fails, TimeoutExpired when it does not end.
    """
    started = time.monotonic()
    with subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **_AS_INSTALLED, **(env or {})},
    ) as process:
        most = 0.0
        while process.poll() is None:
            most = max(most, memory.peak(process.pid))
            if time.monotonic() - started > timeout:
                process.kill()
                raise subprocess.TimeoutExpired(argv, timeout)
            time.sleep(_BETWEEN_LOOKS)
        seconds = time.monotonic() - started
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.returncode not in codes:
        raise subprocess.CalledProcessError(process.returncode, argv, stderr=said)
    return Run(seconds, most)


def alternate(runs: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Call each in turn, so many rounds, so that what else the machine does meets all of them alike."""
    results: dict[str, list[T]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, call in runs.items():
            results[name].append(call())
    return results
