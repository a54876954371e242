"""Help is complete, and the papers say the same."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli import words
from console.cli.main import VERBS
from console.config import names
from tests.cli import shapes
from tests.cli.console import Console

DOCS = Path(__file__).parent.parent.parent / "docs"
COMMANDS = (DOCS / "commands.md").read_text("utf-8")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_command_lists_its_verbs(console: Console, option: str) -> None:
    done = console(option)
    assert done.code == 0
    for name, verb in words.VERBS.items():
        assert re.search(rf"^  {name} +{re.escape(verb.line)}$", done.out, re.MULTILINE)
    for title in (*words.GROUPS, "Examples", "Exit codes", "Options"):
        assert f"{title}:" in done.out


def test_without_a_terminal_it_prints_help(console: Console) -> None:
    done = console()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: dbconsole")


def test_words_and_verbs_are_the_same() -> None:
    assert words.VERBS.keys() == VERBS.keys()
    assert VERBS.keys() <= names.VERBS, "a profile may not be named like a verb"


@pytest.mark.parametrize("verb", VERBS)
class TestEveryVerb:
    @pytest.mark.parametrize("option", ["-h", "--help"])
    def test_has_help(self, console: Console, verb: str, option: str) -> None:
        done = console(verb, option)
        assert done.code == 0
        assert done.out.startswith(f"Usage: dbconsole {verb} ")
        assert f"dbconsole {verb}" in done.out.split("Examples:")[1]
        assert "Exit codes:" in done.out
        assert max(map(len, done.out.splitlines())) <= 80
        undescribed = re.findall(
            r"^  (--?[\w-]+(?:, --[\w-]+)?(?: \S+)?)$", done.out.split("Examples:")[0], re.MULTILINE
        )
        assert not [each for each in undescribed if "[" not in each and len(each) < 24]

    def test_stands_in_the_papers(self, verb: str) -> None:
        assert re.search(rf"^\| `{verb}\b", COMMANDS, re.MULTILINE)

    def test_its_options_stand_in_the_papers(self, console: Console, verb: str) -> None:
        given = set(
            re.findall(r"^  (?:-\w, )?(--[\w-]+)", console(verb, "--help").out.split("Examples:")[0], re.MULTILINE)
        )
        shared = {"--help", "--env", "--dir", "--var", "--json", "--yes", "--confirm"}
        row = "\n".join(line for line in COMMANDS.splitlines() if line.startswith(f"| `{verb}"))
        assert {option for option in given - shared if option not in row} == set()

    def test_its_document_stands_in_the_papers(self, console: Console, verb: str) -> None:
        if "--json" in console(verb, "--help").out:
            assert verb in shapes.shapes()


@pytest.mark.parametrize("verb", ["list", "add", "remove", "test", "trust"])
def test_what_profiles_can_do_has_help(console: Console, verb: str) -> None:
    assert verb in console("profiles", "--help").out
    assert console("profiles", verb, "-h").out.startswith(f"Usage: dbconsole profiles {verb} ")


def test_exit_codes_stand_in_the_papers() -> None:
    for code in words.EXIT_CODES:
        assert re.search(rf"^\| {code} \|", COMMANDS, re.MULTILINE)


def test_version_is_quick() -> None:
    """Under 0.1 s where nothing else runs; on a busy machine, little more processor time than click alone needs."""
    ours = min(_processor_time("from console.cli.main import main; main(['--version'])") for _ in range(3))
    click = min(_processor_time("import click") for _ in range(3))
    assert ours < click + 0.05


def _processor_time(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
