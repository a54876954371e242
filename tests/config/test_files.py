"""Both configuration files become one; what is wrong in them is said with file and line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.config.profile import Guard
from console.errors import BrokenConfig
from tests.config.conftest import Place

WHOLE = """
default = "prod"
theme = "dark"

[keys]
quit = "ctrl+q"

[profiles.prod]
url = "postgresql://app@db.example.org/app"
direct_url = "postgresql://app@direct.example.org/app"
password_command = "pass show 'db prod'"
guard = "production"
color = "red"
migrations = "../db/migrations"
ledger = "flyway"
ledger_table = "public.my_versions"
shadow = "local"
history = false
statement_timeout = "2m"
lock_timeout = "500ms"
tags = ["eu", "billing"]
[profiles.prod.vars]
schema = "app"
[profiles.prod.embedders."public.knowledge_base.embedding"]
provider = "openai"
url = "http://localhost:11434/v1"
model = "nomic-embed-text"
"""


def test_without_files_there_are_no_profiles(place: Place) -> None:
    found = place.load()
    assert (dict(found.profiles), found.default, found.warnings) == ({}, None, ())
    assert (found.user_file, found.project_file, found.folder) == (place.user_file, None, place.project)
    assert not place.home.exists()


def test_every_key_is_read(place: Place) -> None:
    found = place.user(WHOLE).load()
    prod = found.profiles["prod"]
    assert (found.default, found.theme, dict(found.keys)) == ("prod", "dark", {"quit": "ctrl+q"})
    assert prod.url == "postgresql://app@db.example.org/app"
    assert prod.direct_url == "postgresql://app@direct.example.org/app"
    assert prod.password_command == "pass show 'db prod'"
    assert (prod.guard, prod.color, prod.history) == (Guard.PRODUCTION, "red", False)
    assert prod.migrations == place.home / "db" / "migrations"
    assert (prod.ledger, prod.ledger_table, prod.shadow) == ("flyway", "public.my_versions", "local")
    assert (prod.statement_timeout, prod.lock_timeout) == (120.0, 0.5)
    assert (prod.tags, dict(prod.vars)) == (("eu", "billing"), {"schema": "app"})
    assert prod.embedders["public.knowledge_base.embedding"].model == "nomic-embed-text"
    assert (prod.source, prod.trusted) == (place.user_file, True)


def test_the_repr_of_a_configuration_holds_no_secret(place: Place) -> None:
    place.user(
        '[profiles.a]\nurl = "postgresql://u:s3cr3t@h/d"\npassword_command = "echo s3cr3t"\nshadow = "postgresql://u:s3cr3t@h/e"'
    )
    assert "s3cr3t" not in repr(place.load())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('a = "b', 1, "not TOML"),
        ("[profiles.a]\nurl = postgresql://h/d\n", 2, "not TOML"),
        ('[profiles.a]\nurl = "x"\nurl = "y"\n', 3, "not TOML"),
        ("\n\ndefualt = 'a'\n", 3, "defualt is not a key"),
        ('[profiles.a]\nurl = "postgresql:///"\n\ngaurd = "open"\n', 4, "gaurd in [profiles.a] is not a key"),
        ('[profiles.a]\nurl = "postgresql:///"\nguard = "prod"\n', 3, "one of open, confirm, production"),
        ('[profiles.a]\nurl = "postgresql:///"\nhistory = "yes"\n', 3, "true or false"),
        ('[profiles.a]\nurl = "postgresql:///"\nstatement_timeout = 15\n', 3, '"15s"'),
        ('[profiles.a]\nurl = "postgresql:///"\nlock_timeout = "15 parsecs"\n', 3, '"15s"'),
        ('[profiles.a]\nurl = "postgresql:///"\ntags = [\n "a",\n 1]\n', 3, "list of texts"),
        ('[profiles.a]\nurl = "postgresql:///"\ncolor = "reddish"\n', 3, "red, orange"),
        ('[profiles.a]\nurl = "postgresql:///"\nledger = "liquibase"\n', 3, "golang-migrate"),
        ('[profiles.a]\nurl = "postgresql:///"\nshadow = "cloud"\n', 3, "same-server"),
        ('[profiles.a]\nurl = "postgresql:///"\npassword_command = "pass \'x"\n', 3, "quote that is not closed"),
        ('[profiles.a]\nurl = "postgresql:///"\n[profiles.a.vars]\nx = 1\n', 3, "table of texts"),
        ('[profiles.a]\nurl = "postgresql:///"\n[profiles.a.embedders."t.c"]\nurll = "x"\n', 4, "urll in"),
        ("[profiles.a]\nurl = 5\n", 2, "text in quotes"),
        ('# none\n[profiles.a]\nguard = "open"\n', 2, "has no url"),
        ("profiles = 5\n", 1, "table of profiles"),
        ("[profiles]\na = 5\n", 2, "table with at least a url"),
        ('[profiles.up]\nurl = "postgresql:///"\n', 1, "command of dbconsole"),
        ('[profiles."a b"]\nurl = "postgresql:///"\n', 1, "letters, digits"),
        ('x = 1\n[profiles.a]\nurl = """\npostgresql:///"""\n', 1, "x is not a key"),
        ('default = "b"\n[profiles.a]\nurl = "postgresql:///"\n', 1, "names a profile that does not exist"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(place: Place, text: str, line: int, said: str) -> None:
    with pytest.raises(BrokenConfig) as caught:
        place.user(text).load()
    error = caught.value
    assert (error.exit_code, error.line) == (2, line)
    assert error.title.startswith(f"{place.user_file}, line {line}: ")
    assert said in error.title


def test_the_nearest_key_is_suggested(place: Place) -> None:
    with pytest.raises(BrokenConfig) as caught:
        place.user('[profiles.a]\nurl = "postgresql:///"\nstatment_timeout = "1s"').load()
    assert "Did you mean statement_timeout?" in caught.value.hint


def test_a_name_cannot_write_to_the_terminal(place: Place) -> None:
    with pytest.raises(BrokenConfig) as caught:
        place.user('"\\u001b[31mx" = 1').load()
    assert "\x1b" not in caught.value.title


def test_bytes_that_are_no_text_are_said_with_their_line(place: Place) -> None:
    place.user("")
    place.user_file.write_bytes(b"# fine\n# \xff\n")
    with pytest.raises(BrokenConfig, match="line 2: this is not UTF-8 text"):
        place.load()


def test_a_file_that_cannot_be_read_is_said(place: Place) -> None:
    place.user_file.mkdir(parents=True)
    with pytest.raises(BrokenConfig, match=r"config\.toml cannot be read"):
        place.load()


def test_the_project_file_is_found_upward_and_adds_profiles(place: Place) -> None:
    place.user('[profiles.mine]\nurl = "postgresql://a/d"')
    place.ours('default = "ours"\n[profiles.ours]\nurl = "postgresql://b/d"\nmigrations = "sql"')
    below = place.project / "src" / "deep"
    below.mkdir(parents=True)
    place.project, project = below, place.project
    found = place.load()
    assert sorted(found.profiles) == ["mine", "ours"]
    assert found.default == "ours"
    assert found.folder == project
    assert found.profiles["ours"].migrations == project / "sql"
    assert not found.profiles["ours"].trusted


def test_the_users_profile_holds_where_both_name_one(place: Place) -> None:
    place.user('default = "prod"\n[profiles.prod]\nurl = "postgresql://a/d"\nguard = "production"')
    place.ours(
        'default = "dev"\n[profiles.prod]\nurl = "postgresql://evil/d"\nguard = "open"\n[profiles.dev]\nurl = "postgresql:///"'
    )
    found = place.load()
    assert (found.profiles["prod"].url, found.profiles["prod"].guard) == ("postgresql://a/d", Guard.PRODUCTION)
    assert found.default == "prod"
    assert any("Your own profile prod holds" in warning for warning in found.warnings)


def test_a_project_may_not_set_a_password_command_even_when_trusted(place: Place) -> None:
    place.ours('[profiles.dev]\nurl = "postgresql:///"\npassword_command = "touch /tmp/owned"').trust()
    found = place.load()
    assert found.profiles["dev"].password_command is None
    assert found.profiles["dev"].trusted
    assert "password_command" in found.warnings[0]


def test_a_strangers_project_cannot_point_at_a_users_database_by_default(place: Place) -> None:
    place.user('[profiles.prod]\nurl = "postgresql://a/d"').ours('default = "prod"')
    assert place.load().default is None
    assert "once you trust the file" in place.load().warnings[0]
    assert place.trust().load().default == "prod"


def test_files_in_a_folder_that_everybody_may_write_are_not_looked_for(tmp_path: Path, place: Place) -> None:
    shared = tmp_path / "tmp"
    (shared / "mine").mkdir(parents=True)
    (shared / "dbconsole.toml").write_text('[profiles.evil]\nurl = "postgresql://evil/d"')
    os.chmod(shared, 0o1777)
    place.project = shared / "mine"
    assert place.load().project_file is None


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o644, True)])
def test_a_password_that_others_may_read_is_warned_about(place: Place, mode: int, warned: bool) -> None:
    place.user('[profiles.a]\nurl = "postgresql://u:s3cr3t@h/d"').user_file.chmod(mode)
    assert ("chmod 600" in " ".join(place.load().warnings)) is warned


def test_trust_ends_with_the_next_change(place: Place) -> None:
    place.ours('[profiles.dev]\nurl = "postgresql:///a"').trust()
    assert place.load().trusted
    place.ours('[profiles.dev]\nurl = "postgresql:///b"')
    assert not place.load().trusted
    place.ours('[profiles.dev]\nurl = "postgresql:///a"')
    assert place.load().trusted


def test_what_is_remembered_of_trust_is_private_and_may_be_damaged(place: Place) -> None:
    place.ours("").trust()
    remembered = place.home / "state" / "trusted.json"
    assert remembered.stat().st_mode & 0o777 == 0o600
    assert remembered.parent.stat().st_mode & 0o777 == 0o700
    for damage in ("{", "[]", '{"x": 1}'):
        remembered.write_text(damage)
        assert not place.load().trusted
    assert place.trust().load().trusted
