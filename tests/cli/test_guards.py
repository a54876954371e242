"""What is protected stays so: consent by flag, refusals, and files that are not trusted. test_terminal.py answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.console import Console

WRITING = (["up"], ["seed"])


def nothing_was_done(console: Console, here: str) -> bool:
    return console("history", here).out == "nothing was ever applied here\n"


class TestConfirm:
    """Without a terminal nobody can be asked."""

    @pytest.mark.parametrize("verb", WRITING, ids=str)
    def test_needs_yes(
        self, console: Console, here: str, project: Path, profile: Callable[..., str], verb: list[str]
    ) -> None:
        done = console(*verb, profile("dev", guard="confirm"), stdin="y\n")
        assert done.code == 5
        assert "Say --yes" in done.err
        assert nothing_was_done(console, here)

    def test_as_a_document(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        done = console("up", profile("dev", guard="confirm"), "--json")
        assert done.document["target"] == "dev"
        assert "Nothing was done" in done.document["error"]["title"]

    @pytest.mark.parametrize("flags", [["--yes"], ["--confirm", "dev"]])
    def test_flags_answer(self, console: Console, project: Path, profile: Callable[..., str], flags: list[str]) -> None:
        assert console("up", profile("dev", guard="confirm"), *flags).code == 0

    def test_nothing_to_do_needs_nothing(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        console("up", profile("dev", guard="confirm"), "--yes")
        assert console("up", "dev").code == 0

    def test_down_and_redo_ask_again(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        console("up", profile("dev", guard="confirm"), "--yes")
        assert (console("down", "dev").code, console("redo", "dev").code) == (5, 5)


class TestProduction:
    @pytest.mark.parametrize(
        "flags", [[], ["--yes"], ["--confirm", "PROD"], ["--confirm", ""], ["--yes", "--confirm=dev"]]
    )
    def test_is_refused(
        self, console: Console, here: str, project: Path, profile: Callable[..., str], flags: list[str]
    ) -> None:
        done = console("up", profile("prod", guard="production"), *flags)
        assert done.code == 5
        assert "--confirm prod" in done.err
        assert nothing_was_done(console, here)

    def test_its_name_opens_it(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        assert console("up", profile("prod", guard="production"), "--confirm", "prod").code == 0

    def test_is_never_seeded(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        profile("prod", guard="production")
        console("up", "prod", "--confirm", "prod")
        done = console("seed", "prod", "--yes")
        assert done.code == 5
        assert "never loaded there" in done.err
        assert console("seed", "prod", "--confirm", "prod").code == 2


class TestTrust:
    """A project's file may come from a stranger."""

    @pytest.fixture
    def strange(self, workplace: Path, here: str, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("SOME_URL", here)
        file = workplace / "dbconsole.toml"
        file.write_text("[profiles.theirs]\nurl = '${SOME_URL}'\n")
        return file

    def test_is_refused_until_said(self, console: Console, project: Path, strange: Path) -> None:
        done = console("status", "theirs")
        assert done.code == 5
        assert "dbconsole profiles trust" in done.err
        assert "(not trusted)" in console("profiles").out
        assert console("profiles", "trust").code == 0
        assert console("status", "theirs").code == 0

    def test_a_changed_file_has_to_be_accepted_again(self, console: Console, project: Path, strange: Path) -> None:
        console("profiles", "trust")
        strange.write_text(strange.read_text() + "guard = 'open'\n")
        assert console("status", "theirs").code == 5

    def test_it_cannot_take_a_profile_over(
        self, console: Console, workplace: Path, project: Path, profile: Callable[..., str]
    ) -> None:
        profile("prod", guard="production")
        (workplace / "dbconsole.toml").write_text("[profiles.prod]\nurl = 'postgresql://localhost/x'\nguard = 'open'\n")
        done = console("up", "prod", "--yes")
        assert done.code == 5
        assert "Your own profile prod holds" in done.err


@pytest.mark.parametrize("verb", ["up", "down", "redo", "seed"])
def test_what_writes_never_falls_back_to_the_demo(console: Console, project: Path, verb: str) -> None:
    done = console(verb, "--json")
    assert done.code == 2
    assert "does not fall back to the demo" in done.document["error"]["title"]
