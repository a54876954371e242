"""Questions and colours, on a real terminal."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.console import Console
from tests.cli.test_streams import ROOT
from tests.pty_terminal import Terminal


def terminal(*words: str, **env: str) -> Terminal:
    """Start a command on a terminal of 80 columns."""
    argv = [sys.executable, "-m", "console", *words]
    return Terminal(argv, rows=24, columns=80, env={"PYTHONPATH": str(ROOT), "NO_COLOR": "", **env})


def text(opened: Terminal) -> str:
    return "\n".join(opened.lines)


class TestConfirm:
    @pytest.fixture(autouse=True)
    def _dev(self, project: Path, profile: Callable[..., str]) -> None:
        profile("dev", guard="confirm")

    def test_yes(self, console: Console) -> None:
        with terminal("up", "dev") as opened:
            opened.wait_for("Apply 3 migrations on dev? [y/N]:")
            assert "up    0001_people" in text(opened), "what it comes to is said before"
            opened.keys("y", "enter")
            assert opened.wait() == 0
            assert "3 migrations applied" in text(opened)

    def test_no(self, console: Console, here: str) -> None:
        with terminal("up", "dev") as opened:
            opened.wait_for("on dev?")
            opened.keys("what", "enter", "enter")
            assert opened.wait() == 5
            assert "Answer y or n." in text(opened)
        assert console("history", here).out == "nothing was ever applied here\n"

    def test_a_signal_at_the_question(self) -> None:
        with terminal("up", "dev") as opened:
            opened.wait_for("on dev?")
            opened.signal(signal.SIGTERM)
            assert opened.wait() == 130
            assert "Traceback" not in text(opened)

    @pytest.mark.parametrize("key", ["ctrl+c", "ctrl+d"])
    def test_leaving_the_question(self, console: Console, here: str, key: str) -> None:
        with terminal("up", "dev") as opened:
            opened.wait_for("on dev?")
            opened.keys(key)
            assert opened.wait() == 130
            assert "✗ Interrupted." in text(opened)
            assert "Traceback" not in text(opened)
            assert opened.cooked
        assert console("history", here).out == "nothing was ever applied here\n"


class TestProduction:
    @pytest.fixture(autouse=True)
    def _prod(self, project: Path, profile: Callable[..., str]) -> None:
        profile("prod", guard="production")

    @pytest.mark.parametrize(("answer", "code"), [("prod", 0), ("PROD", 5), ("", 5)])
    def test_its_name_is_typed(self, answer: str, code: int) -> None:
        with terminal("up", "prod") as opened:
            opened.wait_for("Type prod to apply 3 migrations")
            assert "! prod is PRODUCTION." in text(opened)
            opened.keys(answer, "enter")
            assert opened.wait() == code

    def test_yes_alone_does_not_do(self) -> None:
        with terminal("up", "prod", "--yes") as opened:
            assert opened.wait() == 5
            assert "--confirm prod" in text(opened)


class TestPassword:
    @pytest.fixture(autouse=True)
    def _locked(self, project: Path, here: str, locked: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", here.replace("postgres@", f"{locked}@"))

    def test_is_asked_when_the_server_wants_one(self) -> None:
        with terminal("status") as opened:
            opened.wait_for("Password for")
            opened.keys("secret", "enter")
            assert opened.wait() == 0
            assert "3 pending" in text(opened)
            assert "secret" not in text(opened)

    def test_is_asked_once(self) -> None:
        with terminal("status") as opened:
            opened.wait_for("Password for")
            opened.keys("wrong", "enter")
            assert opened.wait() == 3
            assert text(opened).count("Password for") == 1
            assert "does not accept this password" in text(opened)

    def test_a_placeholder_is_asked_for_beforehand(self, monkeypatch: pytest.MonkeyPatch, here: str) -> None:
        monkeypatch.setenv("DATABASE_URL", here.replace("postgres@", "locked:[YOUR-PASSWORD]@"))
        with terminal("status") as opened:
            opened.wait_for("Password for")
            opened.keys("secret", "enter")
            assert opened.wait() == 0

    def test_is_not_asked_where_the_folder_is_wrong(self) -> None:
        with terminal("status", "--dir", "nowhere") as opened:
            assert opened.wait() == 2
            assert "Password" not in text(opened)

    def test_leaving_the_question(self) -> None:
        with terminal("status") as opened:
            opened.wait_for("Password for")
            opened.keys("ctrl+c")
            assert opened.wait() == 130
            assert opened.cooked


class TestColours:
    def colours(self, **env: str) -> set[str]:
        with terminal("status", **env) as opened:
            assert opened.wait() == 0
            assert "● 0001_people  pending" in text(opened)
            return {glyph.fg for row in opened.screen.glyphs() for glyph in row}

    @pytest.fixture(autouse=True)
    def _here(self, project: Path, here: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", here)

    def test_on_a_terminal(self) -> None:
        assert self.colours() == {"default", "cyan"}

    def test_not_where_they_are_unwanted(self) -> None:
        assert self.colours(NO_COLOR="1") == {"default"}


def test_a_run_writes_over_its_line(project: Path, here: str) -> None:
    """On a terminal the running statement is shown in one line, which is gone at the end."""
    with terminal("up", here) as opened:
        assert opened.wait() == 0
        shown = [line for line in opened.lines if line]
        assert [line.split("  ")[0] for line in shown[:3]] == ["✓ 0001_people", "✓ 0002_ada", "✓ 0003_age"]
        assert shown[3:] == ["3 migrations applied"]


def test_a_lost_terminal_ends_the_run(project: Path, here: str) -> None:
    (project / "0002_ada.up.sql").write_text("SELECT pg_sleep(60);")
    with terminal("up", here) as opened:
        opened.wait_for("SELECT pg_sleep")
        assert opened.hang_up() == 130
