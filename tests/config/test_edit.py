"""Profiles are added and removed without losing a comment, and never half."""

from __future__ import annotations

import tomllib

import pytest

from console.config import edit
from console.errors import BadUrl, BrokenConfig, UnknownProfile, UsageError
from tests.config.conftest import Place

URL = "postgresql://app:p%40ss@db.example.org/app"
COMMENTED = """# my databases
default = "dev"  # for now

[profiles.dev]  # at home
url = "postgresql:///dev"

# careful!
[profiles.prod]
url = "postgresql://a/d"
"""


def test_the_first_profile_makes_a_private_file(place: Place) -> None:
    edit.add(place.user_file, "dev", URL, settings={"guard": "production", "tags": ("eu", "db")})
    assert place.user_file.stat().st_mode & 0o777 == 0o600
    assert place.user_file.parent.stat().st_mode & 0o777 == 0o700
    assert place.user_file.read_text().startswith("[profiles.dev]\n")
    profile = place.load().profiles["dev"]
    assert (profile.url, profile.guard, profile.tags) == (URL, "production", ("eu", "db"))


def test_adding_keeps_every_line_that_was_there(place: Place) -> None:
    place.user(COMMENTED)
    edit.add(place.user_file, "staging", URL)
    text = place.user_file.read_text()
    assert text.startswith(COMMENTED.rstrip())
    assert sorted(tomllib.loads(text)["profiles"]) == ["dev", "prod", "staging"]
    assert place.user_file.stat().st_mode & 0o777 == 0o600


def test_removing_takes_the_profile_and_the_default_with_it(place: Place) -> None:
    place.user(COMMENTED)
    edit.remove(place.user_file, "dev")
    text = place.user_file.read_text()
    assert "# my databases" in text
    assert "# careful!" in text
    assert tomllib.loads(text) == {"profiles": {"prod": {"url": "postgresql://a/d"}}}
    edit.remove(place.user_file, "prod")
    assert not place.load().profiles


def test_adding_says_what_is_odd_about_the_url(place: Place) -> None:
    assert "pgbouncer" in edit.add(place.user_file, "dev", "postgresql://h/d?pgbouncer=true")[0]


@pytest.mark.parametrize(
    ("name", "url", "error"),
    [
        ("dev", URL, UsageError),
        ("up", URL, UsageError),
        ("a b", URL, UsageError),
        ("new_one", "postgresql://u:p@ss@h", BadUrl),
        ("new_one", "https://example.org", BadUrl),
    ],
)
def test_what_cannot_be_added_changes_nothing(place: Place, name: str, url: str, error: type[UsageError]) -> None:
    place.user(COMMENTED)
    with pytest.raises(error):
        edit.add(place.user_file, name, url)
    assert place.user_file.read_text() == COMMENTED


def test_settings_are_checked_like_those_written_by_hand(place: Place) -> None:
    place.user(COMMENTED)
    with pytest.raises(BrokenConfig, match="one of open, confirm, production"):
        edit.add(place.user_file, "staging", URL, settings={"guard": "maybe"})
    assert place.user_file.read_text() == COMMENTED


def test_a_broken_file_is_not_edited(place: Place) -> None:
    place.user("[profiles")
    with pytest.raises(BrokenConfig):
        edit.add(place.user_file, "dev", URL)
    assert place.user_file.read_text() == "[profiles"


def test_removing_what_is_not_there_suggests(place: Place) -> None:
    place.user(COMMENTED)
    with pytest.raises(UnknownProfile) as caught:
        edit.remove(place.user_file, "prd")
    assert caught.value.hint == "Did you mean prod?"


def test_a_link_to_the_file_stays_a_link(place: Place) -> None:
    real = place.project / "dotfiles.toml"
    real.write_text(COMMENTED)
    place.user_file.parent.mkdir(parents=True)
    place.user_file.symlink_to(real)
    edit.add(place.user_file, "staging", URL)
    assert place.user_file.is_symlink()
    assert "staging" in real.read_text()
    assert [path.name for path in real.parent.glob(".*toml*")] == []


SHAPES = [
    '[profiles]\ndev = { url = "postgresql:///dev" }\nprod = { url = "postgresql://a/d" }\n',
    'profiles.dev.url = "postgresql:///dev"\nprofiles.prod.url = "postgresql://a/d"\n',
    '[profiles.prod]\nurl = "postgresql://a/d"\n\n[keys]\nquit = "q"\n\n# later\n[profiles.dev]\nurl = "postgresql:///dev"\n'
    '[profiles.dev.vars]\nx = "1"\n',
    '[profiles.dev]\nurl = """\npostgresql:///dev"""\ntags = [\n  "a", # why\n]\n[profiles.prod]\nurl = "postgresql://a/d"',
]


@pytest.mark.parametrize("text", SHAPES)
def test_every_way_of_writing_profiles_can_be_edited(place: Place, text: str) -> None:
    place.user(text)
    edit.add(place.user_file, "staging", URL)
    edit.remove(place.user_file, "dev")
    found = place.load().profiles
    assert sorted(found) == ["prod", "staging"]
    assert (found["prod"].url, found["staging"].url) == ("postgresql://a/d", URL)


def test_what_shares_a_line_is_left_to_its_user(place: Place) -> None:
    text = 'profiles = { dev = { url = "postgresql:///dev" }, prod = { url = "postgresql://a/d" } }\n'
    with pytest.raises(UsageError, match="shares a line"):
        edit.remove(place.user(text).user_file, "dev")
    assert place.user_file.read_text() == text
