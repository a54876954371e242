"""`make bench`: measures what is named, all of it without names, and prints the table.

make bench ARGS="start grid"          only these
make bench ARGS="--quick"             fewer rounds: a first look
make bench ARGS="--json figures.json"
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from console.errors import ConsoleError
from tests.bench import table
from tests.bench.databases import Ground, cache_folder, ground
from tests.bench.figures import Sheet

SUBJECTS = (
    *("version", "start", "idle", "wire", "keys", "large", "catalog", "grid", "stream", "distance", "size"),
    *("kimbleai", "migrations", "drift", "dashboards", "vectors"),
)
_INSTALL = Path(__file__).parents[2] / "scripts" / "install-bench-peers"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a target is missed, 0 otherwise."""
    wanted = _arguments(argv)
    before = os.getloadavg()
    install_peers()
    sheet = Sheet()
    with ground() as here:
        for subject in wanted.subjects or SUBJECTS:
            _measure(subject, here, sheet, quick=wanted.quick)
    machine = table.machine(before, os.cpu_count())
    print(*(f"{name}: {value}" for name, value in machine.items()), sep=" · ")
    print(*table.lines(sheet), sep="\n")
    if wanted.json is not None:
        table.write_json(sheet, wanted.json, machine)
    return int(any(figure.met is False for figure in sheet.figures))


def install_peers() -> None:
    """Install the peers that are not there; what cannot be is said by the script and left out."""
    env = {**os.environ, "PYTHON": sys.executable}
    subprocess.run([_INSTALL, str(cache_folder() / "peers")], check=False, env=env)


def _measure(subject: str, here: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Measure one subject; one that fails is left out with the reason, and the others go on."""
    started = time.monotonic()
    print(f"{subject} …", end="", file=sys.stderr, flush=True)
    try:
        importlib.import_module(f"tests.bench.measures.{subject}").measure(here, sheet, quick=quick)
    except (AssertionError, OSError, subprocess.SubprocessError, psycopg.Error, ConsoleError) as error:
        sheet.left_out.append(f"{subject}: {error}")
    print(f" {time.monotonic() - started:.0f} s", file=sys.stderr)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the console beside other clients.")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"any of: {', '.join(SUBJECTS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    wanted = parser.parse_args(argv)
    unknown = set(wanted.subjects) - set(SUBJECTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return wanted


if __name__ == "__main__":
    sys.exit(main())
