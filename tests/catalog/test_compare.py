"""What turns one schema into another, case by case: what differs is a change, what means the same is none."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pytest

from console.catalog import reader
from console.catalog.compare import Action, Change, compare
from console.catalog.model import Catalog, Key, Kind
from console.db.session import Session
from tests.catalog.differing import CASES, FDW
from tests.databases import Databases


@pytest.fixture(scope="module")
def catalogs(databases: Databases) -> Iterator[tuple[Catalog, Catalog]]:
    """Make all first schemas in one database and all second ones in another."""
    with databases.connect() as connection:
        connection.execute(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'compare_role') THEN"
            " CREATE ROLE compare_role; END IF; END $$"
        )
    version = databases.server.installation.version
    known = {name: case for name, case in CASES.items() if case.since <= version}
    targets = [databases.make(_script({name: case[side] for name, case in known.items()})) for side in (0, 1)]
    yield asyncio.run(_read(targets[0])), asyncio.run(_read(targets[1]))
    for target in targets:
        databases.drop(target)


@pytest.fixture(scope="module")
def told(catalogs: tuple[Catalog, Catalog]) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Return the changes there and back, by schema."""
    return _told(compare(*catalogs)), _told(compare(*reversed(catalogs)))


def _script(texts: Mapping[str, str]) -> str:
    parts = [FDW]
    for name, text in texts.items():
        schema = f'"{name}"'
        parts.append(f"CREATE SCHEMA {schema}; SET search_path = {schema}; {text.replace('{schema}', schema)};")
    return "\n".join(parts)


async def _read(target: object) -> Catalog:
    async with await Session.open(target, what="test") as session:  # type: ignore[arg-type]
        return await reader.read(session)


def _told(changes: Iterable[Change]) -> Mapping[str, list[str]]:
    """Return the changes by schema, as sentences."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for change in changes:
        schema = change.key.name if change.key.kind is Kind.SCHEMA else change.key.schema
        own = change.key._replace(schema="", name="schema" if change.key.kind is Kind.SCHEMA else change.key.name)
        attributes = ", ".join(each.attribute for each in change.differences)
        found[schema].append(f"{change.action} {change.key.kind} {own}" + (f": {attributes}" if attributes else ""))
    return found


TURNED = {"create": "drop", "drop": "create"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.since(case.since)) for name, case in CASES.items()]
)
def test_there_and_back(told: tuple[Mapping[str, list[str]], Mapping[str, list[str]]], name: str) -> None:
    there, back = told
    expected = CASES[name].changes
    assert sorted(there.get(name, [])) == sorted(expected)
    turned = [" ".join([TURNED.get(verb, verb), rest]) for verb, _, rest in (each.partition(" ") for each in expected)]
    assert sorted(back.get(name, [])) == sorted(turned)


def test_nothing_differs_elsewhere(catalogs: tuple[Catalog, Catalog]) -> None:
    assert {change.key.schema or change.key.name for change in compare(*catalogs)} <= set(CASES)


def test_a_catalog_equals_itself(catalogs: tuple[Catalog, Catalog]) -> None:
    assert compare(catalogs[0], catalogs[0]) == ()


def test_what_is_not_asked_for_is_left_out(catalogs: tuple[Catalog, Catalog]) -> None:
    loose = _told(compare(*catalogs, owners=False, grants=False))
    assert "owner" not in loose
    assert "privilege" not in loose
    assert "column's privilege" not in loose
    assert "owner's own" not in loose


def test_values_stand_beside_each_other(catalogs: tuple[Catalog, Catalog]) -> None:
    change = next(each for each in compare(*catalogs) if each.key == Key(Kind.COLUMN, "type", "a", "t"))
    (difference,) = change.differences
    assert (difference.before, difference.after) == ("integer", "bigint")


def test_a_locked_object_is_named(catalogs: tuple[Catalog, Catalog]) -> None:
    """Its definition is not known, so it is neither equal nor different."""
    key = Key(Kind.VIEW, "view", "v")
    view = catalogs[0].objects[key]
    hidden = replace(view, definition=None)  # type: ignore[call-arg]
    locked = replace(catalogs[0], objects={**catalogs[0].objects, key: hidden}, locked={key: 4711})
    changes = [change for change in compare(locked, catalogs[1]) if change.key == key]
    assert [change.action for change in changes] == [Action.UNREAD]


def test_settings_of_roles_in_this_database(catalogs: tuple[Catalog, Catalog], databases: Databases) -> None:
    with_setting, without = databases.make(), databases.make()
    with databases.connect(with_setting) as connection:
        connection.execute(f"ALTER ROLE compare_role IN DATABASE {with_setting.database} SET geqo = off".encode())
    (change,) = compare(asyncio.run(_read(without)), asyncio.run(_read(with_setting)))
    assert (change.key.kind, change.key.name, change.differences[0].attribute) == (
        Kind.ROLE,
        "compare_role",
        "settings",
    )
