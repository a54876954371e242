"""A person's word for an object finds it, and only it."""

from __future__ import annotations

import pytest

from console.catalog.choosing import find, narrowed
from console.catalog.model import Catalog, Kind
from console.errors import UsageError


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("serials", ["table app.serials"]),
        ("app.serials", ["table app.serials"]),
        ('"app"."serials"', ["table app.serials"]),
        ("app.plain(text)", ["function app.plain(text)"]),
        ("app.plain( integer , text )", ["function app.plain(integer, text)"]),
        ("app.plain", ["function app.plain(integer, text)", "function app.plain(text)"]),
        ("users.own_rows", ["policy app.users.own_rows"]),
        ("app.users.own_rows", ["policy app.users.own_rows"]),
        ("app.users_pkey", ["constraint app.users.users_pkey"]),
        ("; DROP TABLE x; --", ["table app.; DROP TABLE x; --"]),
        ('app."; DROP TABLE x; --"', ["table app.; DROP TABLE x; --"]),
        ('"Schema with ""quotes"".and dots"."Table ""x"".y"', ['table Schema with "quotes".and dots.Table "x".y']),
        ("torture_some", ["publication torture_some"]),
        ("Odd Sequence", ["sequence app.Odd Sequence"]),
    ],
)
def test_what_is_meant(catalog: Catalog, word: str, found: list[str]) -> None:
    assert [f"{key.kind} {key}" for key in find(catalog, word)] == found


@pytest.mark.parametrize("word", ["", ".", '"', "()", "app.", "serials(integer)", "no such thing", "app.plain(uuid)"])
def test_what_is_not_there(catalog: Catalog, word: str) -> None:
    with pytest.raises(UsageError, match="There is no object called"):
        find(catalog, word)


def test_what_is_in_several_schemas(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="several objects") as raised:
        find(catalog, "users")
    assert "app.users, auth.users" in raised.value.detail


def test_one_schema(catalog: Catalog) -> None:
    auth = narrowed(catalog, "auth")
    assert {key.schema or key.name for key in auth.objects} == {"auth"}
    assert auth.get(Kind.SCHEMA, "", "auth") is not None
    assert auth.get(Kind.TABLE, "auth", "users") is not None
