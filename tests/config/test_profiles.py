"""The list of profiles tells where each leads, connects to none, and shows no secret."""

from __future__ import annotations

from console.config import profiles
from console.config.profile import Guard
from tests.config.conftest import Place


def test_every_profile_has_a_row(place: Place) -> None:
    place.user(
        'default = "prod"\n'
        '[profiles.prod]\nurl = "postgresql://u:s3cr3t@ep-x-1.eu-central-1.aws.neon.tech/neondb"\n'
        'guard = "production"\ntags = ["eu"]\ncolor = "red"\n'
        '[profiles.bad]\nurl = "postgresql://u:s3cr3t@x@h/d"\n'
        '[profiles.local]\nurl = "postgresql:///app"\n'
    ).ours('[profiles.theirs]\nurl = "${DATABASE_URL}"')
    rows = {row.name: row for row in profiles.listing(place.load(), environ=place.environ)}
    assert list(rows) == ["bad", "local", "prod", "theirs"]
    prod = rows["prod"]
    assert (prod.default, prod.guard, prod.provider, prod.database) == (True, Guard.PRODUCTION, "neon", "neondb")
    assert (prod.host, prod.tags, prod.color) == ("ep-x-1.eu-central-1.aws.neon.tech", ("eu",), "red")
    assert (rows["local"].guard, rows["local"].problem) == (Guard.OPEN, "")
    assert "unescaped @" in rows["bad"].problem
    assert "not trusted yet" in rows["theirs"].problem
    assert (rows["theirs"].trusted, rows["theirs"].file) == (False, str(place.project_file))
    assert "s3cr3t" not in str(rows)


def test_environments_are_listed(place: Place) -> None:
    place.env("", ".staging").env("", ".example")
    assert profiles.environments(place.load()) == ("staging",)
