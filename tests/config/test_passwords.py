"""A password is found by a program, the keyring or a person, and no failure tells what was printed."""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from console.config import passwords
from console.config.profile import Profile, Secret, Target
from console.errors import BrokenConfig, ConnectionFailed
from tests.config.conftest import Place


def target(**profile: object) -> Target:
    return Target("prod", {"host": "h"}, profile=Profile("prod", **profile))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "password"),
    [
        ("printf 's3cr3t\\nsecond line'", "s3cr3t"),
        ("printf 's3cr3t\\r\\n'", "s3cr3t"),
        ("printf ' with blanks '", " with blanks "),
        ("echo $HOME; id", "$HOME; id"),
        ("printenv VAULT", "from the environment"),
    ],
)
def test_a_command_prints_it(place: Place, command: str, password: str) -> None:
    environ = {**place.environ, "VAULT": "from the environment"}
    assert passwords.from_command(command, environ=environ) == password


@pytest.mark.parametrize(
    ("command", "error", "said"),
    [
        ("no-such-program-anywhere", BrokenConfig, "cannot be run: no-such-program-anywhere"),
        ("sh -c 'echo s3cr3t; echo s3cr3t >&2; exit 3'", ConnectionFailed, "exit code 3"),
        ("true", ConnectionFailed, "printed no password"),
        ("sh -c 'echo s3cr3t; sleep 20; true'", ConnectionFailed, "took longer than 0 s"),
    ],
)
def test_a_command_that_fails_says_how_and_not_what(
    place: Place, command: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as caught:
        passwords.from_command(command, environ=place.environ, patience=0.3)
    assert "s3cr3t" not in f"{caught.value.as_dict()} {caught.value.__cause__}"  # type: ignore[attr-defined]


def test_what_the_url_carries_comes_first(place: Place) -> None:
    given = replace(target(password_command="echo other"), password=Secret("own"))
    assert passwords.complete(given, environ=place.environ) is given


def test_the_command_of_a_profile_is_run(place: Place) -> None:
    found = passwords.complete(target(password_command="echo s3cr3t"), environ=place.environ)
    assert found.password == "s3cr3t"
    assert "s3cr3t" not in repr(found)


def test_a_person_is_asked_first_only_for_a_placeholder(place: Place) -> None:
    asked: list[str] = []

    def ask(which: Target) -> Secret | None:
        asked.append(which.name)
        return Secret("typed")

    plain = target()
    assert passwords.complete(plain, environ=place.environ, ask=ask) is plain
    placeholder = replace(plain, ask_password=True)
    assert passwords.complete(placeholder, environ=place.environ, ask=ask).password == "typed"
    assert passwords.complete(placeholder, environ=place.environ).password is None
    assert asked == ["prod"]


class Keyring(types.ModuleType):
    """The interface of the `keyring` package over a mapping; None is a keyring that is locked."""

    class errors(types.ModuleType):  # noqa: N801
        class KeyringError(Exception):
            pass

    def __init__(self, kept: Mapping[tuple[str, str], str] | None) -> None:
        super().__init__("keyring")
        self.kept = kept

    def get_password(self, service: str, name: str) -> str | None:
        if self.kept is None:
            raise self.errors.KeyringError("locked")
        return self.kept.get((service, name))


@pytest.mark.parametrize(
    ("kept", "trusted", "expected"),
    [
        ({("dbconsole", "prod"): "s3cr3t"}, True, "s3cr3t"),
        ({("dbconsole", "prod"): "s3cr3t"}, False, None),
        ({("dbconsole", "dev"): "s3cr3t"}, True, None),
        (None, True, None),
    ],
)
def test_the_keyring_is_asked_for_trusted_profiles(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    kept: Mapping[tuple[str, str], str] | None,
    trusted: bool,
    expected: str | None,
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", Keyring(kept))
    monkeypatch.setitem(sys.modules, "keyring.errors", Keyring.errors("keyring.errors"))
    assert passwords.complete(target(trusted=trusted), environ=place.environ).password == expected


def test_without_the_keyring_installed_all_is_well(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert passwords.complete(target(source=Path("config.toml")), environ=place.environ).password is None
