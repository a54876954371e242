"""Which dashboards fit a database, and what a person's choices give to statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.config.profile import Target
from console.dashboards import parameters
from console.dashboards.definition import Need
from console.dashboards.files.file import parse
from console.dashboards.fits import Fit, asked, fit, there
from console.db.session import Session
from console.errors import UsageError

GROUND = """
CREATE SCHEMA "Odd.one";
CREATE TABLE people (id int, "full.name" text, "Age" int);
CREATE VIEW grown AS SELECT * FROM people;
CREATE SCHEMA closed;
CREATE TABLE closed.shut (id int);
CREATE FUNCTION "Odd.one"."Hi"() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE MATERIALIZED VIEW kept AS SELECT * FROM people;
CREATE TABLE "Odd.one"."t:1" (id int);
CREATE FUNCTION hello(name text) RETURNS text LANGUAGE sql AS 'SELECT name';
CREATE FUNCTION hello(number int) RETURNS int LANGUAGE sql AS 'SELECT number';
"""

NEEDS = [
    ("view:public.grown", True),
    ("view:grown", True),
    ("view:public.kept", True),
    ("view:public.people", False),
    ("view:public.missing", False),
    ("view:not a name", False),
    ("table:public.people", True),
    ("table:public.grown", False),
    ("table:Public.People", True),
    ("table:closed.shut", True),  # to whom it is closed the panels say it
    ("table:other.public.people", False),
    ("table:a.b.c.d", False),
    ('table:"', False),
    ("view:..", False),
    ('table:"Odd.one"."t:1"', True),
    ("column:public.people.id", True),
    ("column:public.people.Age", True),
    ("column:public.people.missing", False),
    ("column:public.missing.id", False),
    ('column:public.people."full.name"', True),
    ("column:closed.shut.id", True),
    ("column:id", False),
    ("function:public.hello", True),
    ("function:hello", True),
    ("function:public.goodbye", False),
    ('function:"Odd.one"."Hi"', True),
    ("function:Odd.one.Hi", False),
    ("extension:plpgsql", True),
    ("extension:postgis", False),
    ("server:14", True),
    ("server:99", False),
    ("provider:neon", False),
    ("right:pg_monitor", True),
    ("right:nobody", False),
]


async def test_what_is_there(make_database: Callable[..., Target]) -> None:
    """Asked for all together, so that nothing that somebody wrote in a file may keep the others from being found."""
    asked_for = {text: Need(*text.split(":", 1)) for text, _ in NEEDS}
    async with await Session.open(make_database(GROUND), what="test") as session:
        met = await there(session, asked_for.values())
    assert {text: need in met for text, need in asked_for.items()} == dict(NEEDS)


FILE = b"""
title = "People"
requires = ["table:public.people"]
layout = ["all old"]
[parameters.period]
[parameters.user]
choices = ["ada", "bob"]
[parameters.least]
kind = "number"
[panels.all]
title = "all"
kind = "number"
sql = "SELECT count(*) FROM people"
[panels.old]
title = "old"
kind = "number"
requires = ["column:public.people.age"]
sql = "SELECT count(*) FROM people WHERE age > %(least)s"
"""


def test_a_panel_may_need_more_than_the_others() -> None:
    people = parse(FILE, Path("people.toml"))
    assert asked([people, people]) == (Need("table", "public.people"), Need("column", "public.people.age"))
    found = fit(people, frozenset({Need("table", "public.people")}))
    assert (found.ok, found.panels) == (True, (("old", (Need("column", "public.people.age"),)),))
    assert not fit(people, frozenset()).ok
    assert Fit((Need("server", "16"),)).reason == "it needs PostgreSQL 16"


NOW = datetime(2026, 3, 31, 12, 30, tzinfo=UTC)


def test_what_is_chosen_becomes_values() -> None:
    people = parse(FILE, Path("people.toml"))
    chosen = parameters.chosen(people, {"period": "this month", "least": "2.5"})
    assert parameters.values(people, chosen, NOW) == {
        "since": datetime(2026, 3, 1, tzinfo=UTC),
        "until": NOW,
        "user": None,
        "least": 2.5,
    }


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"period": "soon"}, "soon is no period."),
        ({"least": "many"}, "least has to be a number, and many is none."),
        ({"user": "eve"}, "user cannot be eve."),
        ({"usr": "ada"}, "The dashboard people has no parameter usr."),
    ],
)
def test_what_cannot_be_chosen(said: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        parameters.chosen(parse(FILE, Path("people.toml")), said)
    assert caught.value.title == sentence
