"""A word becomes a target: by name, by address, or by what stands around it."""

from __future__ import annotations

import pytest

from console.config import names
from console.config.profile import Guard, Profile
from console.config.target import is_target
from console.errors import BadUrl, BrokenConfig, Refused, UnknownProfile, UsageError
from tests.config.conftest import Place

NEON = "postgresql://app:s3cr3t@ep-x-1-pooler.eu-central-1.aws.neon.tech/neondb"


def test_a_profile_by_name(place: Place) -> None:
    place.user(f'[profiles.prod]\nurl = "{NEON}"\nguard = "production"\nmigrations = "sql"')
    target = place.resolve("prod")
    assert (target.name, target.guard, target.database) == ("prod", Guard.PRODUCTION, "neondb")
    assert target.password == "s3cr3t"
    assert target.params["sslmode"] == "require"
    assert target.direct == {**target.params, "host": "ep-x-1.eu-central-1.aws.neon.tech"}
    assert target.profile is not None
    assert target.profile.migrations == place.user_file.parent / "sql"
    assert target.origin == f"profile prod in {place.user_file}"


def test_the_repr_of_a_target_holds_no_secret(place: Place) -> None:
    place.user(f'[profiles.prod]\nurl = "{NEON}?sslpassword=s3cr3t"\ndirect_url = "postgresql://u:s3cr3t2@h/d"')
    target = place.resolve("prod")
    assert target.direct_password == "s3cr3t2"
    assert "s3cr3t" not in repr(target)
    assert "s3cr3t" not in str(target.profile)


@pytest.mark.parametrize(
    ("word", "name", "guard"),
    [
        ("postgresql://u@db.example.org/app", "app@db.example.org", Guard.CONFIRM),
        ("postgresql://u@localhost/app", "app@localhost", Guard.OPEN),
        ("postgresql://u@[::1]/app", "app@::1", Guard.OPEN),
        ("postgresql:///app?host=/tmp", "app@localhost", Guard.OPEN),
        ("postgresql:///", "postgres@localhost", Guard.OPEN),
        ("postgresql://localhost,db.example.org/app", "app@localhost,db.example.org", Guard.CONFIRM),
        ("host=127.0.0.1 dbname=app", "app@127.0.0.1", Guard.OPEN),
        ("service=prod", "service=prod", Guard.CONFIRM),
    ],
)
def test_an_address(place: Place, word: str, name: str, guard: Guard) -> None:
    target = place.resolve(word)
    assert (target.name, target.guard, target.origin) == (name, guard, "the command line")


@pytest.mark.parametrize("variable", [{"PGHOST": "db.example.org"}, {"PGHOSTADDR": "192.0.2.1"}, {"PGSERVICE": "prod"}])
def test_what_libpq_adds_by_itself_is_not_taken_for_local(place: Place, variable: dict[str, str]) -> None:
    assert place.having(variable).resolve("postgresql:///app").guard is Guard.CONFIRM


def test_an_address_needs_no_configuration(place: Place) -> None:
    place.user("[broken").env("'broken")
    assert place.resolve("postgresql://h/d").params == {"host": "h", "dbname": "d"}
    assert place.resolve("demo").demo == "kimbleai"


def test_the_demo(place: Place) -> None:
    assert place.resolve("demo") == place.resolve("demo:kimbleai")
    assert (place.resolve("demo").guard, place.resolve("demo", writes=True).demo) == (Guard.OPEN, "kimbleai")
    with pytest.raises(UnknownProfile) as caught:
        place.resolve("demo:skintwn")
    assert "demo:skintwin" in caught.value.hint


def test_without_a_word_the_default_profile_then_the_environment_then_the_demo(place: Place) -> None:
    assert place.resolve().demo == "kimbleai"
    place.env("DATABASE_URL=postgresql://envhost/d")
    assert place.resolve().params["host"] == "envhost"
    place.user('default = "dev"\n[profiles.dev]\nurl = "postgresql://dev/d"')
    assert place.resolve().name == "dev"


def test_a_verb_that_writes_never_falls_back_to_the_demo(place: Place) -> None:
    with pytest.raises(UsageError, match="does not fall back to the demo") as caught:
        place.resolve(writes=True)
    assert caught.value.exit_code == 2
    assert place.env("DB_HOST=localhost").resolve(writes=True).params["host"] == "localhost"


def test_an_environment_asked_for_by_name_is_not_passed_over_for_the_default(place: Place) -> None:
    place.user('default = "dev"\n[profiles.dev]\nurl = "postgresql://dev/d"').env("DB_HOST=staging", ".staging")
    assert place.resolve(env_name="staging").params["host"] == "staging"
    assert "changes nothing" in place.resolve("dev", env_name="staging").warnings[0]
    place.user('default = "dev"\n[profiles.dev]\nurl = "postgresql://${DB_HOST}/d"\nguard = "production"')
    target = place.resolve(env_name="staging")
    assert (target.name, target.params["host"], target.guard) == ("dev", "staging", Guard.PRODUCTION)


def test_variables_are_expanded_once(place: Place) -> None:
    place.user('[profiles.dev]\nurl = "postgresql://${U}:${P}@h/d"').having({"U": "${P}", "P": "p"})
    target = place.resolve("dev")
    assert (target.params["user"], target.password) == ("${P}", "p")


def test_a_missing_variable_is_a_sentence(place: Place) -> None:
    place.user('[profiles.dev]\nurl = "postgresql://${U}:${P}@${U}/d"')
    with pytest.raises(UsageError, match=r"The url of profile dev in .* needs P, U, which is not set"):
        place.resolve("dev")


def test_a_value_that_breaks_the_url_is_explained_and_not_shown(place: Place) -> None:
    place.user('[profiles.dev]\nurl = "postgresql://u:${P}@h/d"').having({"P": "s3cr@t"})
    with pytest.raises(BadUrl) as caught:
        place.resolve("dev")
    assert "The url of profile dev" in caught.value.title
    assert "s3cr" not in str(caught.value.as_dict())


def test_the_environments_direct_url_goes_with_its_database_url(place: Place) -> None:
    place.env("DATABASE_URL=postgresql://pooler/d\nDIRECT_URL=postgresql://direct/d")
    place.user('[profiles.dev]\nurl = "${DATABASE_URL}"\n[profiles.other]\nurl = "postgresql://other/d"')
    assert place.resolve("dev").direct == {"host": "direct", "dbname": "d"}
    assert place.resolve("other").direct is None


@pytest.mark.parametrize(
    "url", ["${DATABASE_URL}", "postgresql://evil/d?user=${USER}", "service=prod", "postgresql://evil/d?passfile=x"]
)
def test_a_strangers_file_gets_nothing_of_the_users_before_trust(place: Place, url: str) -> None:
    place.ours(f'[profiles.dev]\nurl = "{url}"').having({"DATABASE_URL": "postgresql://h/d", "USER": "me"})
    with pytest.raises(Refused, match="not trusted yet") as caught:
        place.resolve("dev")
    assert (caught.value.exit_code, "profiles trust" in caught.value.hint) == (5, True)
    assert place.trust().resolve("dev").name == "dev"


def test_a_strangers_file_may_name_a_plain_database(place: Place) -> None:
    assert place.ours('[profiles.dev]\nurl = "postgresql://localhost/d"').resolve("dev").guard is Guard.OPEN


def test_what_the_files_warn_of_reaches_the_target(place: Place) -> None:
    place.ours('[profiles.dev]\nurl = "postgresql:///d?pgbouncer=true"\npassword_command = "x"')
    warnings = " ".join(place.resolve("dev").warnings)
    assert "password_command" in warnings
    assert "pgbouncer" in warnings


def test_an_unknown_word_is_suggested(place: Place) -> None:
    place.user('[profiles.staging]\nurl = "postgresql:///"')
    with pytest.raises(UnknownProfile) as caught:
        place.resolve("stagin")
    assert caught.value.exit_code == 2
    assert "Did you mean staging?" in caught.value.hint
    with pytest.raises(UnknownProfile) as caught:
        place.resolve("staus")
    assert "Did you mean status?" in caught.value.hint


@pytest.mark.parametrize("word", ["app:s3cr3t@db.example.org/app", "user:s3cr3t", "db/s3cr3t", ""])
def test_a_word_that_may_hold_a_password_is_not_repeated(place: Place, word: str) -> None:
    with pytest.raises(UnknownProfile) as caught:
        place.resolve(word)
    assert "s3cr3t" not in str(caught.value.as_dict())
    assert "postgresql://" in caught.value.hint


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("prod", True), ("demo", True), ("demo:skintwin", True), ("service=x", True), ("postgres://h", True),
        ("https://supabase.com/dashboard", True), ("host=h dbname=d", True),
        ("users", False), ("public.users", False), ("SELECT a=1", False), ("3", False), ("demolition", False),
    ],
)  # fmt: skip
def test_a_first_word_is_a_target_or_an_argument(word: str, expected: bool) -> None:
    assert is_target(word, {"prod": Profile("prod")}) is expected


@pytest.mark.parametrize("verb", sorted(names.VERBS))
def test_no_profile_is_named_like_a_verb(place: Place, verb: str) -> None:
    with pytest.raises(BrokenConfig, match="is a command of dbconsole"):
        place.user(f'[profiles.{verb}]\nurl = "postgresql:///"').load()
