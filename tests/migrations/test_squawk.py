"""squawk beside our own hazards: the real program, one that misbehaves, and none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from console.migrations.files.folder import Migration, Script
from console.migrations.hazards import looking, squawk
from console.migrations.hazards.looking import Looked


def looked(sql: str, *, file: str = "0001_test.up.sql", transaction: bool | None = None) -> Looked:
    [found] = looking.apart([Migration("0001", "test", "", Script(Path(file), sql, transaction))])
    return found


def merged(found: Looked, folder: Path) -> Looked:
    [both], said = squawk.merged([found], version=17, folder=folder)
    assert said == "with squawk"
    return both


def rules(found: Looked) -> list[tuple[str, str, int]]:
    return [(hazard.kind.value, hazard.rule, hazard.line) for hazard in found.hazards]


def test_what_both_say_is_said_once(tmp_path: Path) -> None:
    """With our sentence and its name; what it does not know, such as a table just made, it does not get to say."""
    found = merged(
        looked("CREATE INDEX i ON orders (a);\nCREATE TABLE t (a text);\nCREATE INDEX j ON t (a);"), tmp_path
    )
    assert rules(found) == [("build", "require-concurrent-index-creation", 1)]
    assert "which blocks writes" in found.hazards[0].sentence


def test_what_only_it_says_is_added_in_our_words(tmp_path: Path) -> None:
    found = merged(looked("-- People.\nCREATE TABLE t (\n    a varchar(10),\n    b timestamp\n);"), tmp_path)
    assert rules(found) == [("style", "prefer-text-field", 2), ("style", "prefer-timestamp-tz", 2)]
    assert [hazard.sentence for hazard in found.hazards] == [
        squawk.WORDS["prefer-text-field"][1],
        squawk.WORDS["prefer-timestamp-tz"][1],
    ]
    assert found.hazards[0].statement == "CREATE TABLE t"


def test_its_comments_and_ours_are_heard(tmp_path: Path) -> None:
    table = "CREATE TABLE t (a varchar(10));"
    assert not merged(looked(f"-- squawk-ignore prefer-text-field\n{table}"), tmp_path).hazards
    assert not merged(looked(f"-- dbconsole-ignore style\n{table}"), tmp_path).hazards


def test_a_project_may_say_which_rules_it_wants(tmp_path: Path) -> None:
    (tmp_path / ".squawk.toml").write_text('excluded_rules = ["prefer-text-field"]\n')
    assert not merged(looked("CREATE TABLE t (a varchar(10));"), tmp_path).hazards


@pytest.mark.parametrize("transaction", [None, False])
def test_what_our_runner_sees_to_is_not_complained_about(tmp_path: Path, transaction: bool | None) -> None:
    sql = "CREATE INDEX CONCURRENTLY i ON orders (a);\nALTER TABLE orders ADD COLUMN a text;"
    assert [rule for _, rule, _ in rules(merged(looked(sql, transaction=transaction), tmp_path)) if rule] == []


def test_names_of_files_are_ours(tmp_path: Path) -> None:
    """A file may be called like an option, or hold a line feed; the program never hears of it."""
    for name in ("--help.up.sql", "-c.up.sql", "a\nb.up.sql", "*.up.sql"):
        found = merged(looked("CREATE TABLE t (a varchar(10));", file=name), tmp_path)
        assert rules(found) == [("style", "prefer-text-field", 1)]


def test_every_rule_of_ours_is_one_of_its(tmp_path: Path) -> None:
    """Asked to leave them out, it refuses a rule that it does not know."""
    known = [*squawk.COVERED, *squawk.WORDS, *squawk._SEEN_TO]
    known.remove("syntax-error")
    path = squawk.program()
    assert path is not None
    (tmp_path / "a.sql").write_text("SELECT 1;")
    done = subprocess.run([path, "--exclude", ",".join(known), "a.sql"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("print('\\x1b[31mhello')", "what it printed is not understood"),
        ("print('{}')", "what it printed is not understood"),
        ("print('[{\"rule_name\": 1}]')", "what it printed is not understood"),
        ("raise SystemExit(3)", "what it printed is not understood"),
        ("import time; time.sleep(60)", "it was not done after 1 s"),
    ],
)
def test_a_program_that_misbehaves_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, said: str
) -> None:
    fake = tmp_path / "squawk"
    fake.write_text(f"#!{sys.executable}\n{body}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(squawk, "program", lambda: fake)
    if "sleep" in body:
        monkeypatch.setattr(squawk, "_SECONDS", 1.0)
    found = looked("CREATE INDEX i ON orders (a);")
    assert squawk.merged([found], version=17, folder=tmp_path) == ((found,), f"squawk was left out: {said}.")


def test_words_that_are_not_ours_are_harmless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "squawk"
    said = r"'line': 0, 'rule_name': 'new\x1b[2Jrule', 'message': '\x1b]0;x\x07', 'help': None"
    fake.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps([{{'file': sys.argv[-1], {said}}}]))\n")
    fake.chmod(0o755)
    monkeypatch.setattr(squawk, "program", lambda: fake)
    [hazard] = merged(looked("SELECT 1;"), tmp_path).hazards
    assert "\x1b" not in hazard.rule + hazard.sentence


def test_without_it_a_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    found = looked("CREATE INDEX i ON orders (a);")
    same, said = squawk.merged([found], version=17, folder=tmp_path)
    assert same == (found,)
    assert said == "squawk is not installed; pip install 'dbconsole[lint]' adds its rules."
