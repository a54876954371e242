"""Which format a folder has, told from what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config.profile import Profile
from console.errors import BadMigrations, UsageError
from console.migrations.files import formats
from tests.migrations.foreign import TOOLS, make

LISTINGS = [
    ({"0001_a.up.sql": "SELECT 1"}, "dbconsole", "four digits"),
    ({"0001_a.up.sql": "", "10000_b.up.sql": ""}, "dbconsole", "four digits"),
    ({"01_a.up.sql": "", "01_a.verify.sql": ""}, "dbconsole", "verify files"),
    ({"01_a.up.sql": "-- dbconsole: no-transaction\nVACUUM"}, "dbconsole", "dbconsole:"),
    ({"000001_a.up.sql": "SELECT 1", "000001_a.down.sql": ""}, "golang-migrate", "without our marks"),
    ({"1_a.up.sql": "", "20240131120000_b.up.sql": ""}, "golang-migrate", "NNN_name.up.sql"),
    ({"00001_a.sql": "-- +goose Up\nSELECT 1"}, "goose", "-- +goose"),
    ({"20240131120000_a.sql": "-- +goose Up\nSELECT 1", "20240131120001_b.go": "package m"}, "goose", "-- +goose"),
    ({"20240131120000_a.sql": "-- migrate:up\n-- migrate:down\n"}, "dbmate", "-- migrate:up"),
    ({"20240131120000_a.sql": "-- a word\n\n-- migrate:up\n-- migrate:down\n"}, "dbmate", "-- migrate:up"),
    ({"20240131120000_a.sql": "CREATE TABLE a ()"}, "supabase", "<time>_name.sql"),
    ({"20240131120000_a/migration.sql": "SELECT 1", "migration_lock.toml": ""}, "prisma", "migration.sql"),
    ({"2024-01-31-120000_a/up.sql": "", "2024-01-31-120000_a/down.sql": ""}, "diesel", "up.sql"),
    ({"meta/_journal.json": '{"entries": []}', "0000_a.sql": "SELECT 1"}, "drizzle", "journal"),
    ({"20240131120000_a/migration.sql": "", "20240131120000_a/snapshot.json": "{}"}, "drizzle", "snapshots"),
    ({"V1__a.sql": "SELECT 1", "R__views.sql": ""}, "flyway", "V1__name.sql"),
    ({"V1_2__a.sql": "-- migrate:up"}, "flyway", "V1__name.sql"),
    ({"sqitch.plan": "%project=p\n", "deploy/a.sql": ""}, "sqitch", "a plan of Sqitch"),
    ({"env.py": "", "versions/a.py": ""}, "alembic", "down_revision"),
    ({"ab_x.py": "revision = 'ab'\ndown_revision = None\n"}, "alembic", "down_revision"),
    ({"0001_initial.py": "class Migration: dependencies = []\n", "__init__.py": ""}, "dbconsole", "nothing in it"),
    ({"20240131_a.ts": "import { Knex } from 'knex'\nexport async function up() {}"}, "knex", "speak of knex"),
    ({"20240131_a.js": "exports.up = (pgm) => {}"}, "node-pg-migrate", "speak of pgm"),
    ({"20240131_a.js": "exports.up = (db) => {}"}, "dbconsole", "nothing in it"),
    ({"20240131_a.sql": "-- Up Migration\nSELECT 1;\n-- Down Migration\n"}, "node-pg-migrate", "-- Up Migration"),
    ({"20240131_a.sql": "-- down migration is by hand\nSELECT 1;"}, "supabase", "<time>_name.sql"),
    ({"20240131120000_a.rb": "class A < ActiveRecord::Migration[8.0]\nend"}, "rails", "ActiveRecord"),
    ({"20240131120000_a.exs": "use Ecto.Migration"}, "ecto", "Ecto.Migration"),
    ({"0001_a.py": "class Migration(migrations.Migration):\n    pass\n"}, "django", "class Migration"),
    ({"manage.py": "", "shop/migrations/0001_a.py": "class Migration(migrations.Migration):\n"}, "django", "class"),
    ({"0001_a.sql": "-- no-transaction\nVACUUM;"}, "sqlx", "Cargo.toml"),
    ({"0001_a.up.sql": "-- Add up migration script here\nSELECT 1;", "0001_a.down.sql": ""}, "sqlx", "Cargo.toml"),
    ({"20240131_01_a.sql": "-- depends: z\nSELECT 1"}, "yoyo", "-- depends:"),
    ({"0001.a.sql": "", "0001.a.rollback.sql": ""}, "yoyo", "rollback files"),
    ({"notes.md": "none"}, "dbconsole", "nothing in it"),
    ({}, "dbconsole", "nothing in it"),
]


def lay(path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text)


@pytest.mark.parametrize(("files", "format", "why"), LISTINGS)
def test_a_folder_is_recognised_by_what_is_in_it(tmp_path: Path, files: dict[str, str], format: str, why: str) -> None:
    lay(tmp_path, files)
    found = formats.detect(tmp_path)
    assert found.format == format
    assert why in found.why


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_every_tool_is_read_and_says_why(tmp_path: Path, tool: str) -> None:
    make(tmp_path, tool)
    folder = formats.read(tmp_path)
    assert (folder.format, len(folder.migrations)) == (tool, 3)
    assert folder.why
    assert {each.up.format for each in folder.migrations} == {tool}
    assert [folder.order.key(each.version) for each in folder.migrations] == sorted(
        folder.order.key(each.version) for each in folder.migrations
    )


@pytest.mark.parametrize(
    ("names", "format", "may"),
    [
        (["0001_a.up.sql"], "golang-migrate", True),
        (["000001_a.up.sql"], "dbconsole", True),
        (["20240131120000_a.sql"], "golang-migrate", False),
        (["20240131120000_a.sql"], "supabase", True),
        (["20240131120000_a.sql"], "sqlx", True),
        (["20240131120000_a.up.sql"], "sqlx", True),
        (["V1__a.sql"], "sqlx", False),
        (["V1__a.sql"], "dbconsole", False),
        (["0001_a.up.sql"], "alembic", False),
        (["0001_a.up.sql"], "liquibase", False),
    ],
)
def test_some_names_fit_two_formats(tmp_path: Path, names: list[str], format: str, may: bool) -> None:
    lay(tmp_path, dict.fromkeys(names, ""))
    assert formats.may_be(tmp_path, format) is may


def test_the_profile_says_which_where_names_fit_two(tmp_path: Path) -> None:
    lay(tmp_path, {"0001_a.up.sql": "SELECT 1"})
    assert formats.of_profile(tmp_path, None).format == "dbconsole"
    assert formats.of_profile(tmp_path, Profile("p", ledger="golang-migrate")).format == "golang-migrate"
    assert formats.of_profile(tmp_path, Profile("p", ledger="prisma")).format == "dbconsole"


def test_variables_come_from_the_profile(tmp_path: Path) -> None:
    lay(tmp_path, {"V1__a.sql": "CREATE SCHEMA ${name}"})
    [migration] = formats.of_profile(tmp_path, Profile("p", vars={"name": "shop"})).migrations
    assert migration.up.text == "CREATE SCHEMA shop"


def test_folders_below_are_named(tmp_path: Path) -> None:
    lay(tmp_path, {"postgres/000001_a.up.sql": "SELECT 1", "mysql/000001_a.up.sql": "", "docs/a.md": "", ".git/x": ""})
    with pytest.raises(BadMigrations, match=r"but below it: mysql \(golang-migrate\), postgres \(golang-migrate\)\."):
        formats.read(tmp_path)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format of migrations"):
        formats.scan(tmp_path, "liquibase")
    with pytest.raises(BadMigrations, match="There is no folder"):
        formats.detect(tmp_path / "gone")
    with pytest.raises(BadMigrations, match="There is no migration"):
        formats.read(tmp_path)
