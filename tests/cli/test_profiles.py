"""`dbconsole profiles`, and how environments are chosen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import shapes
from tests.cli.console import Console


class TestList:
    def test_empty(self, console: Console, home: Path) -> None:
        done = console("profiles")
        assert done.code == 0
        assert done.out.splitlines()[-1] == "Make one: dbconsole profiles add NAME URL"
        shapes.check("profiles", console("profiles", "list", "--json").document)

    def test_aligned(self, console: Console) -> None:
        console("profiles", "add", "dev", "postgresql://localhost/app")
        console(
            "profiles", "add", "production", "postgresql://app@db.example.com/app", "--guard=production", "--tag=eu"
        )
        assert console("profiles", "list").out.splitlines() == [
            "  dev         open        localhost/app",
            "  production  production  db.example.com/app    eu",
        ]

    def test_as_a_document(self, console: Console, workplace: Path) -> None:
        (workplace / ".env.staging").write_text("DATABASE_URL=postgresql://localhost/staging\n")
        console("profiles", "add", "dev", "postgresql://app:s3cret@localhost/app", "--tag", "eu")
        done = console("profiles", "--json")
        shapes.check("profiles", done.document)
        assert done.document["profiles"][0]["tags"] == ["eu"]
        assert done.document["environments"] == ["staging"]
        assert "s3cret" not in done.said

    def test_a_profile_that_cannot_be_used_says_why(self, console: Console) -> None:
        console("profiles", "add", "dev", "${NOT_SET}")
        done = console("profiles")
        assert done.code == 0
        assert "! The url of profile dev" in done.out
        assert "NOT_SET" in done.out

    def test_hostile_profiles(self, console: Console, workplace: Path) -> None:
        url = "postgresql://u@%1b%5b31mhost/d"
        (workplace / "dbconsole.toml").write_text(f"[profiles.theirs]\nurl = '{url}'\ntags = ['\\u001b[31m']\n")
        assert console("profiles").code in (0, 2)
        (workplace / "dbconsole.toml").write_text(
            f"[profiles.theirs]\nurl = {json.dumps(url)}\ntags = [{json.dumps(chr(27))}]\n"
        )
        assert console("profiles", "--json").code in (0, 2)


class TestAddAndRemove:
    def test_there_and_back(self, console: Console, home: Path, workplace: Path) -> None:
        done = console("profiles", "add", "dev", "${DEV_URL}", "--dir", "steps", "--guard", "confirm")
        assert done.code == 0
        assert "Try it: dbconsole profiles test dev" in done.err
        text = (home / "config" / "config.toml").read_text()
        assert 'url = "${DEV_URL}"' in text
        assert f'migrations = "{workplace}/steps"' in text
        assert console("profiles", "remove", "dev").code == 0
        assert "dev" not in (home / "config" / "config.toml").read_text()

    def test_a_name_that_is_taken(self, console: Console) -> None:
        console("profiles", "add", "dev", "postgresql://localhost/app")
        done = console("profiles", "add", "dev", "postgresql://localhost/other")
        assert done.code == 2
        assert "nothing was changed" in done.err

    def test_the_nearest_is_suggested(self, console: Console) -> None:
        console("profiles", "add", "staging", "postgresql://localhost/app")
        assert "Did you mean staging?" in console("profiles", "remove", "stagin").err
        assert "Did you mean staging?" in console("status", "stagin").err


class TestTest:
    def test_tells_what_is_there(self, console: Console, profile: Callable[..., str]) -> None:
        done = console("profiles", "test", profile("dev"))
        assert done.code == 0
        assert done.out.startswith("✓ dev answers in ")
        titles = [line.split()[0] for line in done.out.splitlines()[1:] if line[2] != " "]
        assert {"server", "role", "provider", "pooler", "shadow", "driver"} <= set(titles)
        assert max(map(len, done.out.splitlines()[1:])) <= 80

    def test_as_a_document(self, console: Console, profile: Callable[..., str]) -> None:
        shapes.check("profiles test", console("profiles", "test", profile("dev"), "--json").document)

    def test_server_down(self, console: Console) -> None:
        console("profiles", "add", "dev", "postgresql://127.0.0.1:1/app")
        done = console("profiles", "test", "dev", "--json")
        assert (done.code, done.document["target"]) == (3, "dev")


@pytest.mark.parametrize("before", [True, False], ids=["dbconsole --env NAME VERB", "dbconsole VERB --env NAME"])
def test_environments(console: Console, workplace: Path, project: Path, here: str, before: bool) -> None:
    (workplace / ".env.test").write_text(f"DATABASE_URL={here}\n")
    option = ["--env", "test"]
    done = console(*option, "up", "--json") if before else console("up", "--json", *option)
    assert done.code == 0
    assert len(done.document["migrations"]) == 3
    assert "Environments, for --env: test" in console("profiles").out
