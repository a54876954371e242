"""Runs command lines in this process, and holds every one of them to what all commands promise."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest

from console.cli.main import main
from tests.cli import shapes

CODES = {0, 1, 2, 3, 4, 5, 6, 130}
_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Done:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one document on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def said(self) -> str:
        """Both streams, for tests that do not mind which."""
        return self.out + self.err


@dataclass(frozen=True)
class Console:
    """The command, as a function of its arguments."""

    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *argv: object, stdin: str = "") -> Done:
        """Run a command line; whatever it is, it ends with a known code, no traceback, and nothing raw."""
        self.capsys.readouterr()
        self.monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        words = [str(word) for word in argv]
        with pytest.raises(SystemExit) as leaving:
            main(words)
        printed = self.capsys.readouterr()
        done = Done(int(leaving.value.code or 0), printed.out, printed.err)
        assert done.code in CODES
        assert "Traceback" not in done.said
        assert "has a fault" not in done.said
        assert not _RAW.search(done.said)
        if "--json" in words:
            assert done.document["ok"] is (done.code == 0)
            shapes.check("error" if "error" in done.document else "every", done.document)
        return done
