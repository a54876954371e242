"""A snapshot is the catalog: there and back it is equal, stable, and free of what changes by itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from console.catalog.compare import compare
from console.catalog.model import Catalog, Key, Kind, Schema
from console.catalog.snapshot import digest, dump, load
from console.errors import UsageError


def test_there_and_back(catalog: Catalog) -> None:
    again = load(dump(catalog))
    assert compare(catalog, again) == ()
    assert again.objects == catalog.objects
    assert again.roles == catalog.roles
    assert again.version == catalog.version
    assert set(again.edges) == set(catalog.edges)
    assert dump(again) == dump(catalog)
    assert digest(again) == digest(catalog)


def test_the_same_text_whatever_the_order(catalog: Catalog) -> None:
    turned = replace(
        catalog,
        objects=dict(reversed(catalog.objects.items())),
        edges=tuple(reversed(catalog.edges)),
        measures={},
    )
    assert dump(turned) == dump(catalog)
    assert digest(turned) == digest(catalog)


def test_one_value_a_line(catalog: Catalog) -> None:
    schema = catalog.get(Kind.SCHEMA, "", "app")
    assert isinstance(schema, Schema)
    other = replace(catalog, objects={**catalog.objects, schema.key: replace(schema, comment="another")})
    before, after = dump(catalog).splitlines(), dump(other).splitlines()
    assert len([pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]) == 1
    assert digest(other) != digest(catalog)


def test_locked_objects_are_kept(catalog: Catalog) -> None:
    key = Key(Kind.TABLE, "app", "users")
    assert load(dump(replace(catalog, locked={key: 4711}))).locked == {key: 4711}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"format": "another"}',
        '{"format": "dbconsole catalog", "version": 1}',
        "\x00",
        "[" * 50,
    ],
)
def test_what_is_no_snapshot_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UsageError, match="not a snapshot"):
        load(text)


def test_one_of_a_newer_console(catalog: Catalog) -> None:
    shape = json.loads(dump(catalog)) | {"version": 99}
    with pytest.raises(UsageError, match="newer dbconsole"):
        load(json.dumps(shape))
