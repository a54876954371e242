"""Bad input gets a sentence and the right exit code, never a traceback; `Console` looks for the latter everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import shapes
from tests.cli.console import Console
from tests.migrations.project import write

LONG = "x" * 10_000

# What is typed, the exit code, and a part of the sentence.
WORDS = (
    ("statsu", 2, "Did you mean status?"),
    ("statsu --check", 2, "Did you mean status?"),
    ("postgresql://localhost/x", 2, "needs a terminal"),
    ("demo", 2, "needs a terminal"),
    ("status nobody", 2, "There is no profile nobody"),
    ("rehearse demo extra", 2, "too many: extra"),
    ("status demo extra", 2, "There is no profile extra"),
    ("status demo:nope", 2, "There is no demo nope"),
    ("demo nope", 2, "Demos: kimbleai, graph-dev"),
    ("demo graph --url", 2, "Did you mean demo:graph-"),
    ("demo --stop --url", 2, "--stop goes alone"),
    ("demo --stop --traffic", 2, "--stop goes alone"),
    ("demo --stop --scale 2", 2, "--stop goes alone"),
    ("demo --url --traffic", 2, "--traffic ends with the console"),
    ("demo --scale 0", 2, "0 is not in the range 1<=x<=100"),
    ("demo --scale 101", 2, "101 is not in the range"),
    ("seed demo --scale x", 2, "'x' is not a valid integer"),
    ("demo one two", 2, "unexpected extra argument"),
    ("--nope", 2, "--nope"),
    ("status --jso demo", 2, "--json"),
    ("status --dir", 2, "requires an argument"),
    ("up", 2, "does not fall back to the demo"),
    ("down", 2, "does not fall back to the demo"),
    ("redo", 2, "does not fall back to the demo"),
    ("seed", 2, "does not fall back to the demo"),
    ("history 3 4", 2, "There is no profile 3"),
    ("history many", 2, "neither a target nor a number"),
    ("down demo --steps x", 2, "'x' is not a valid integer"),
    ("down demo --steps 0", 2, "0 is no number of migrations"),
    ("down demo --steps -1", 2, "-1 is no number of migrations"),
    ("down demo --steps 1 --all", 2, "give one of them"),
    ("down demo --to 1 --batch", 2, "give one of them"),
    ("new", 2, "Missing argument"),
    ("validate nowhere", 2, "There is no folder"),
    ("profiles nope", 2, "nope"),
    ("profiles remove nobody", 2, "There is no such profile"),
    ("profiles trust", 2, "There is no dbconsole.toml here"),
    ("profiles test nobody", 2, "There is no profile nobody"),
    ("profiles add up postgresql://localhost/x", 2, "is a command of dbconsole"),
    ("profiles add a/b postgresql://localhost/x", 2, "A profile cannot be named so"),
    ("profiles add dev http://localhost/x", 2, "is a web address"),
    ("profiles add dev postgresql://localhost/x --guard none", 2, "'none' is not one of"),
    ("--env nope status", 2, "There is no .env.nope"),
    ("status --env nope", 2, "There is no .env.nope"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "code", "sentence"), WORDS, ids=[case[0] for case in WORDS])
def test_words(console: Console, line: str, code: int, sentence: str) -> None:
    done = console(*line.split())
    assert (done.code, done.out) == (code, "")
    assert sentence in done.err


@pytest.mark.parametrize("line", ["status nobody", "status --nope", "up", "validate nowhere", "history x", "new"])
def test_as_a_document(console: Console, line: str) -> None:
    done = console(*line.split(), "--json")
    shapes.check("error", done.document)
    assert done.code == 2
    assert done.document["error"]["title"]


# Each trap of a URL, and a part of the sentence that gets one out of it.
URLS = (
    ("postgresql+psycopg://u:p@127.0.0.1:1/d", 3, "Nothing"),
    ("postgres://u:p@127.0.0.1:1/d?pgbouncer=true&schema=public", 3, "Nothing"),
    ("postgresql://u:s3cr@t@127.0.0.1/d", 2, "%40"),
    ("postgresql://u:s3#cret@127.0.0.1:1/d", 3, "%23"),
    ("postgresql://u:s3/cret@127.0.0.1/d", 2, "%2F"),
    ("postgresql://u:[YOUR-PASSWORD]@127.0.0.1:1/d", 3, ""),
    ("https://supabase.com/dashboard/project/abcdefghijklmnopqrst", 2, "dashboard"),
    ("https://abcdefghijklmnopqrst.supabase.co", 2, "database"),
    ("mysql://u@h/d", 2, "mysql"),
    ("postgresql://u:p@127.0.0.1:0x1/d", 2, "port"),
    ("postgresql://u:p@127.0.0.1:99999/d", 2, "port"),
    ("postgresql://u:p@127.0.0.1/d?nonsense=1", 2, "none that PostgreSQL knows"),
    ("postgresql://u:p@127.0.0.1/d%00", 2, ""),
    ("postgresql://u:p@no-such-host.invalid/d", 3, ""),
    ("service=nobody", 3, "nobody"),
)


@pytest.mark.parametrize(("url", "code", "sentence"), URLS, ids=[case[0] for case in URLS])
def test_urls(console: Console, project: Path, url: str, code: int, sentence: str) -> None:
    done = console("status", url)
    assert (done.code, done.out) == (code, "")
    assert sentence.lower() in done.err.lower()
    assert "s3" not in done.err


class TestConnections:
    def test_server_down(self, console: Console, project: Path) -> None:
        done = console("status", "postgresql://app:s3cret@127.0.0.1:1/app", "--json")
        assert done.code == 3
        assert "Nothing" in done.document["error"]["title"]
        assert "s3cret" not in done.said

    def test_wrong_password(self, console: Console, here: str, project: Path, locked: str) -> None:
        done = console("status", here.replace("postgres@", f"{locked}:wrong@"))
        assert done.code == 3
        assert "does not accept this password" in done.err
        assert "wrong" not in done.err.replace("ewrongpassword", "")

    def test_no_password(self, console: Console, here: str, project: Path, locked: str) -> None:
        done = console("status", here.replace("postgres@", f"{locked}@"))
        assert done.code == 3
        assert "asks for a password, and there is none" in done.err

    def test_no_such_database(self, console: Console, here: str, project: Path) -> None:
        done = console("status", here.replace("@/", "@/no_such_"))
        assert done.code == 3
        assert "does not exist" in done.err

    def test_the_folder_is_looked_at_first(self, console: Console) -> None:
        """What is wrong here is said before anybody waits for a server."""
        assert console("status", "postgresql://app@127.0.0.1:1/app", "--dir", "nowhere").code == 2


class TestConfiguration:
    @pytest.mark.parametrize(
        ("text", "line"), [("[profiles.dev\n", 1), ("default = 'x'\n[[profiles]]\n", 2), ("\n\nurl = = 1\n", 3)]
    )
    def test_broken_toml_with_its_line(self, console: Console, home: Path, text: str, line: int) -> None:
        (home / "config").mkdir()
        (home / "config" / "config.toml").write_text(text)
        for words in (["status"], ["profiles"], ["profiles", "add", "x", "postgresql://localhost/x"]):
            done = (
                console(*words, "--json")
                if words != ["profiles", "add", "x", "postgresql://localhost/x"]
                else console(*words)
            )
            assert done.code == 2
            assert f"line {line}" in done.err

    def test_not_utf_8(self, console: Console, home: Path) -> None:
        (home / "config").mkdir()
        (home / "config" / "config.toml").write_bytes(b"\xff\xfe")
        assert "not UTF-8" in console("profiles").err

    def test_a_folder_in_place_of_the_file(self, console: Console, home: Path) -> None:
        (home / "config" / "config.toml").mkdir(parents=True)
        done = console("status")
        assert done.code == 2
        assert "cannot be read" in done.err

    def test_where_nothing_can_be_written(
        self, console: Console, workplace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DBCONSOLE_HOME", "/proc/nowhere")
        (workplace / "dbconsole.toml").write_text("[profiles.dev]\nurl = 'postgresql://localhost/x'\n")
        for words in (["profiles", "trust"], ["profiles", "add", "x", "postgresql://localhost/x"]):
            done = console(*words)
            assert done.code == 2
            assert "/proc/nowhere" in done.err

    def test_no_home(self, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("HOME", "DBCONSOLE_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("XDG_CONFIG_HOME", "/nonexistent")
        assert console("profiles").code == 0


class TestFolders:
    """What is wrong with a folder of migrations, before any server is asked."""

    TARGET = "postgresql://app@127.0.0.1:1/app"

    def refused(self, console: Console, *options: object) -> str:
        done = console("up", self.TARGET, *options)
        assert done.code == 2
        return done.err

    def test_missing(self, console: Console) -> None:
        assert "There is no folder of migrations here" in self.refused(console)
        assert "There is no folder" in self.refused(console, "--dir", "nowhere")

    def test_empty(self, console: Console, workplace: Path) -> None:
        (workplace / "migrations").mkdir()
        assert "There is no migration in" in self.refused(console)

    def test_a_file(self, console: Console, project: Path) -> None:
        assert "is a file, not a folder" in self.refused(console, "--dir", project / "0001_people.up.sql")

    def test_duplicates(self, console: Console, project: Path) -> None:
        write(project, "01_again", "SELECT 1;")
        assert "Version 1 is there 2 times" in self.refused(console)

    @pytest.mark.parametrize("content", [b"SELECT '\xff';", b"SELECT 1;\0"])
    def test_no_text(self, console: Console, project: Path, content: bytes) -> None:
        (project / "0003_age.up.sql").write_bytes(content)
        assert "0003_age.up.sql" in self.refused(console)

    @pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/etc/passwd")])
    def test_unreadable(self, console: Console, project: Path, make: Callable[[Path], None]) -> None:
        (project / "0003_age.up.sql").unlink()
        make(project / "0003_age.up.sql")
        assert "0003_age.up.sql" in self.refused(console)


VERSIONS = ("7", "nope", "", "-1", "9" * 25, "9" * 5000, LONG, "\x1b[31m", "٣", "\udcff")


@pytest.mark.parametrize("verb", ["up", "down"])
def test_versions_that_do_not_exist(console: Console, here: str, project: Path, verb: str) -> None:
    for version in VERSIONS:
        done = console(verb, here, f"--to={version}")
        assert done.code == 2
        assert done.err.startswith("✗ ")
        assert len(done.err) < 1500


HOSTILE = (
    "\x1b[31m",
    "a\x9b2Jb",
    "\u202egnp.exe",
    "x\ny",
    "\x07",
    LONG,
    os.fsdecode(b"\xff\xfe"),
    "a\0b",
    "💥",
    "'; --",
)


@pytest.mark.parametrize("word", HOSTILE, ids=lambda word: ascii(word)[:20])
def test_hostile_words(console: Console, project: Path, word: str) -> None:
    """Wherever a word may stand, it is repeated harmlessly or not at all."""
    for line in (
        [word],
        ["status", word],
        ["status", "--json", word],
        ["status", f"postgresql://{word}"],
        ["validate", word],
        ["validate", "--json", word],
        ["up", "demo", "--dir", word],
        ["history", word],
        ["profiles", "add", word, "postgresql://localhost/x"],
        ["profiles", "remove", word],
        ["profiles", "test", f"service={word}", "--json"],
        ["demo", word],
        [f"--{word}"],
        ["status", f"--{word}"],
        ["--env", word, "status"],
    ):
        done = console(*line)
        assert done.code in (2, 3)
        assert done.err
