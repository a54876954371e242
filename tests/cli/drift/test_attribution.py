"""`dbconsole drift` of a database against its own migrations: it says who has changed it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.project import write


@pytest.fixture
def migrated(console: Console, database: Target, databases: Databases, tmp_path: Path) -> tuple[str, ...]:
    """Return the words of a comparison of a database with its folder, after somebody was in a hurry."""
    write(tmp_path, "0001_users", "CREATE TABLE users (id int PRIMARY KEY, name text);")
    write(tmp_path, "0002_orders", "CREATE TABLE orders (id int PRIMARY KEY);")
    assert console("up", url(database), "--dir", str(tmp_path), "--yes").code == 0
    (tmp_path / "0002_orders.up.sql").write_text("CREATE TABLE orders (id int PRIMARY KEY, total int);")
    with databases.connect(database) as connection:
        connection.execute("ALTER TABLE users ADD vip boolean, DROP name")
    near = url(databases.target("postgres"))
    return "drift", url(database), "--dir", str(tmp_path), "--shadow", near, "--no-proof"


def test_for_people(console: Console, migrated: tuple[str, ...]) -> None:
    done = console(*migrated)
    assert done.code == 1
    said = " ".join(done.out.split())
    assert "← the file of 0002_orders was edited after it was applied" in said
    assert said.count("← changed by hand after migration 0002_orders, since 20") == 1
    assert done.out.endswith("3 changes\n")


def test_as_json(console: Console, migrated: tuple[str, ...]) -> None:
    document = json.loads(console(*migrated, "--json").out)
    shapes.check("drift", document)
    told = {each["name"]: each["attribution"] for each in document["changes"]}
    whose = {name: (each["state"], each["migration"]) for name, each in told.items()}
    assert whose == {
        "users.vip": ("by_hand", "0002_orders"),
        "users.name": ("by_hand", "0002_orders"),
        "orders.total": ("edited", "0002_orders"),
    }


def test_two_words_say_the_same(console: Console, migrated: tuple[str, ...]) -> None:
    _, target, _, folder, *rest = migrated
    done = console("drift", target, f"dir:{folder}", *rest)
    assert "changed by hand after migration 0002_orders" in " ".join(done.out.split())
    back = console("drift", f"dir:{folder}", target, *rest)
    assert "changed by hand after migration 0002_orders" in " ".join(back.out.split())


def test_of_two_databases_nothing_is_said(
    console: Console, migrated: tuple[str, ...], databases: Databases, database: Target
) -> None:
    other = databases.loaded("CREATE TABLE x (id int)")
    done = console("drift", url(database), url(other), "--no-proof", "--json")
    databases.drop(other)
    changes = json.loads(done.out)["changes"]
    assert changes
    assert not any("attribution" in each for each in changes)
