"""The environment and the project's .env files point at a database, by the conventions of the frameworks."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.config import dotenv, environment
from console.config.parameters import Conninfo
from console.errors import BadUrl, BrokenConfig, UsageError
from tests.config.conftest import Place


def found(place: Place, name: str | None = None) -> environment.Found | None:
    return environment.find(environment.variables(place.environ, place.project, name))


def params(conninfo: Conninfo) -> dict[str, str]:
    return {**conninfo.params, **({"password": str(conninfo.password)} if conninfo.password else {})}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("A=1\nB = 2 \n\n  # none\nexport C=3", {"A": "1", "B": "2", "C": "3"}),
        ("A=b c # why\nB=p#q\nC=#none\nD=", {"A": "b c", "B": "p#q", "C": "", "D": ""}),
        ("A='b # \\n c' # why\nB=\"x\\ty\\\"z\\$\"\nC=`it's`", {"A": "b # \\n c", "B": 'x\ty"z$', "C": "it's"}),
        ('A="two\nlines"\r\nB=1\r\n', {"A": "two\nlines", "B": "1"}),
        ("A=1\nA=2", {"A": "2"}),
        ("BARE\nexport BARE\nA=a=b", {"A": "a=b"}),
        ("A=postgresql://u:p%40@h/d?x=y&z", {"A": "postgresql://u:p%40@h/d?x=y&z"}),
    ],
)
def test_env_files_are_read(text: str, expected: dict[str, str]) -> None:
    assert dotenv.parse(text, path=Path(".env")) == expected


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("A=1\n=s3cr3t", 2, "not NAME=value"),
        ("A=1\n\n- s3cr3t", 3, "not NAME=value"),
        ("A s3cr3t", 1, "no = after the name"),
        ("\nA='s3cr3t\nB=2\n", 2, "not closed"),
        ("A='x\ny' s3cr3t\n", 2, "follows the closing quote"),
    ],
)
def test_what_is_wrong_in_them_is_said_with_its_line_alone(text: str, line: int, said: str) -> None:
    with pytest.raises(BrokenConfig) as caught:
        dotenv.parse(text, path=Path(".env.local"))
    assert caught.value.line == line
    assert caught.value.title.startswith(f".env.local, line {line}: ")
    assert said in caught.value.title
    assert "s3cr3t" not in str(caught.value.as_dict())


@given(
    st.dictionaries(
        st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True),
        st.text(st.characters(exclude_characters="'\r", exclude_categories=("Cs",))),
    )
)
def test_single_quotes_keep_everything(values: dict[str, str]) -> None:
    text = "".join(f"{name}='{value}'\n" for name, value in values.items())
    assert dotenv.parse(text, path=Path(".env")) == values


@given(st.text("ABC=\n\"'`# \\export$", max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    said = ".env, line 1: "
    try:
        dotenv.parse(text, path=Path(".env"))
    except BrokenConfig as error:
        said = error.title
    assert re.match(r"\.env, line \d+: ", said)


def test_a_file_that_is_no_text_is_refused(place: Place) -> None:
    (place.project / ".env").write_bytes(b"A=\xff")
    with pytest.raises(BrokenConfig, match="not UTF-8"):
        found(place)


@pytest.mark.parametrize(
    ("values", "origin", "expected"),
    [
        ({"DATABASE_URL": "postgres://u:p@h/d", "DB_HOST": "x", "PGHOST": "y"}, "DATABASE_URL in the environment",
         {"user": "u", "password": "p", "host": "h", "dbname": "d"}),
        ({"DB_HOST": "h", "DB_PORT": "5433", "DB_NAME": "d", "DB_USER": "u", "DB_PASSWORD": "p", "DB_SSL": "false",
          "PGHOST": "y"},
         "DB_* in the environment",
         {"host": "h", "port": "5433", "dbname": "d", "user": "u", "password": "p", "sslmode": "disable"}),
        ({"DB_NAME": "d", "DB_SSL": "true"}, "DB_* in the environment", {"dbname": "d", "sslmode": "require"}),
        ({"DB_NAME": "d", "DB_SSL": "verify-full"}, "DB_* in the environment",
         {"dbname": "d", "sslmode": "verify-full"}),
        ({"POSTGRES_URL": "postgres://h/d", "PGHOST": "y"}, "POSTGRES_URL in the environment",
         {"host": "h", "dbname": "d"}),
        ({"PGHOST": "h", "PGUSER": "u", "PGPASSWORD": "p", "PGSSLMODE": "require"}, "PG* in the environment",
         {"host": "h", "user": "u", "password": "p", "sslmode": "require"}),
        ({"PGSERVICE": "prod"}, "PG* in the environment", {"service": "prod"}),
    ],
)  # fmt: skip
def test_conventions(place: Place, values: dict[str, str], origin: str, expected: dict[str, str]) -> None:
    answer = found(place.having(values))
    assert answer is not None
    assert answer.origin == origin
    assert params(answer.conninfo) == expected


@pytest.mark.parametrize("values", [{}, {"DATABASE_URL": ""}, {"PGUSER": "me"}, {"DB_USER": "me"}])
def test_nothing_is_nothing(place: Place, values: dict[str, str]) -> None:
    assert found(place.having(values)) is None


def test_the_nearest_file_counts_and_the_shell_before_all(place: Place) -> None:
    place.env("DATABASE_URL=postgresql://plain/d\nDB_HOST=x")
    assert place.resolve().origin == "DATABASE_URL in .env"
    place.env("DATABASE_URL=postgresql://mine/d", ".local")
    assert (place.resolve().origin, place.resolve().params["host"]) == ("DATABASE_URL in .env.local", "mine")
    place.env("DATABASE_URL=postgresql://staging/d", ".staging")
    assert place.resolve(env_name="staging").params["host"] == "staging"
    place.having({"DATABASE_URL": "postgresql://shell/d"})
    target = place.resolve(env_name="staging")
    assert target.params["host"] == "shell"
    assert "DATABASE_URL of the shell holds" in target.warnings[0]


def test_an_environment_that_does_not_exist_is_suggested(place: Place) -> None:
    place.env("", ".staging").env("", ".example").env("", ".local").env("", ".production")
    assert environment.environments(place.project) == ("production", "staging")
    with pytest.raises(UsageError) as caught:
        place.resolve(env_name="stagin")
    assert "Did you mean staging?" in caught.value.hint
    with pytest.raises(UsageError, match="names no database"):
        place.resolve(env_name="staging")


@pytest.mark.parametrize("name", ["DIRECT_URL", "DATABASE_URL_UNPOOLED", "POSTGRES_URL_NON_POOLING"])
def test_the_way_around_the_pooler_is_read(place: Place, name: str) -> None:
    place.env(f"DATABASE_URL=postgresql://u:p@pooler:6543/d\n{name}=postgresql://u:p@direct:5432/d")
    target = place.resolve()
    assert target.direct is not None
    assert target.direct["host"] == "direct"
    assert target.direct_password is None


def test_another_password_on_the_way_around_is_kept(place: Place) -> None:
    place.env("DATABASE_URL=postgresql://u:p@pooler/d\nDIRECT_URL=postgresql://v:q@direct/d")
    assert place.resolve().direct_password == "q"


def test_files_refer_to_files_and_never_to_the_shell(place: Place) -> None:
    place.env("PW=p%40ss\nDATABASE_URL=postgresql://u:${PW}@h/d")
    assert place.resolve().password == "p@ss"
    place.env("DATABASE_URL=postgresql://u:${AWS_SECRET}@evil/d").having({"AWS_SECRET": "s3cr3t"})
    with pytest.raises(UsageError, match=r"DATABASE_URL in \.env needs AWS_SECRET"):
        place.resolve()


def test_a_bad_url_is_said_with_its_place_and_without_its_text(place: Place) -> None:
    place.env("DATABASE_URL=postgresql://u:s3cr3t@x@h/d", ".local")
    with pytest.raises(BadUrl) as caught:
        place.resolve()
    assert caught.value.title.startswith("DATABASE_URL in .env.local cannot be read")
    assert "s3cr3t" not in str(caught.value.as_dict())


def test_a_templates_password_is_warned_about(place: Place) -> None:
    place.env("DB_HOST=h\nDB_PASSWORD=change_me_in_production")
    assert "everybody knows" in place.resolve().warnings[0]


def test_the_environment_of_this_process_is_not_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "DATABASE_URL", "postgresql://elsewhere/d")
    assert found(place) is None
