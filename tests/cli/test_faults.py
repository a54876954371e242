"""When the program itself has a fault, a person gets a sentence, and whoever mends it gets the lines of code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.cli import profiles
from console.cli.main import main


@pytest.fixture(autouse=True)
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*rows: object) -> None:
        raise ZeroDivisionError("s3" + "cret")

    monkeypatch.setattr(profiles, "_print", break_down)
    monkeypatch.setattr(profiles, "document", break_down)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    with pytest.raises(SystemExit) as leaving:
        main(["profiles", *words])
    assert leaving.value.code == 1
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    assert "s3cret" not in printed.err + printed.out
    return printed.out, printed.err


def test_it_is_written_down(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    _, err = run(capsys)
    assert err.startswith("✗ dbconsole has a fault and had to stop (ZeroDivisionError).")
    [written] = (home / "state").glob("crash-*.txt")
    assert str(written) in err
    assert "break_down" in written.read_text()
    assert "s3cret" not in written.read_text()


def test_as_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, "--json")
    assert json.loads(out)["ok"] is False


def test_where_nothing_can_be_written(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBCONSOLE_HOME", "/proc/nowhere")
    _, err = run(capsys)
    assert "/proc/nowhere" in err
