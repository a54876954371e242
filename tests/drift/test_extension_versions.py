"""An extension that gets an older version is made anew, since its scripts only lead to newer ones."""

from __future__ import annotations

import pytest

from console.catalog.model import Catalog, Extension, Key, Kind
from console.drift.planning.planning import plan


def holding(version: str) -> Catalog:
    """Return a catalog with one extension."""
    made = Extension(key=Key(Kind.EXTENSION, "", "hstore"), version=version, schema="public")
    return Catalog(version=180000, objects={made.key: made})


@pytest.mark.parametrize(
    ("before", "after", "statements"),
    [
        ("1.4", "1.10", ["ALTER EXTENSION hstore UPDATE TO '1.10'"]),
        (
            "1.10",
            "1.4",
            [
                "DROP EXTENSION hstore",
                "CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public VERSION '1.4'",
            ],
        ),
        ("1.4", "1.4", []),
    ],
)
def test_versions(before: str, after: str, statements: list[str]) -> None:
    found = plan(holding(before), holding(after))
    assert [each.text for each in found.statements] == statements
