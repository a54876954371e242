"""When Python looks for garbage: seldom while a program starts, as usual afterwards, not at its end."""

from __future__ import annotations

import subprocess
import sys

_RING = """
import gc
from console.cli.call import garbage
class Ring:
    def __init__(self): self.itself = self
    def __del__(self): print("looked for")
"""


def _said(code: str) -> str:
    return subprocess.run([sys.executable, "-c", _RING + code], capture_output=True, text=True, check=True).stdout


def test_at_the_end_nothing_is_looked_for() -> None:
    """The process is gone anyway; Python by itself would look."""
    assert _said("Ring()") == "looked for\n"
    assert _said("garbage.seldom(); Ring()") == ""


def test_a_start_is_not_interrupted() -> None:
    made = "Ring(); kept = [[] for _ in range(20_000)]; print('made')"
    assert _said(made).startswith("looked for")
    assert _said(f"garbage.seldom(); {made}") == "made\n"


def test_a_running_program_looks_as_usual_but_not_among_what_its_start_has_made() -> None:
    said = _said(
        "usual = gc.get_threshold(); garbage.seldom(); first = Ring(); garbage.as_usual(); del first\n"
        "print(gc.get_threshold() == usual, gc.get_freeze_count() > 0); gc.collect(); Ring(); gc.collect()"
    )
    assert said == "True True\nlooked for\n"


def test_once_begun_nothing_more_is_set_aside() -> None:
    """Whoever goes to another database leaves garbage behind, which is to be found."""
    assert _said("garbage.seldom(); garbage.as_usual(); Ring(); garbage.as_usual(); gc.collect()") == "looked for\n"
