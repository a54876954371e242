"""Small projects of tools that alone run their migrations, and their ledgers with the first two of three in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.migrations.files import sqitch

STEPS = (
    ("people", "CREATE TABLE public.people (id int PRIMARY KEY);", "DROP TABLE public.people;"),
    ("ada", "INSERT INTO public.people VALUES (1);", "DELETE FROM public.people;"),
    ("age", "ALTER TABLE public.people ADD age int;", "ALTER TABLE public.people DROP age;"),
)


@dataclass(frozen=True)
class Own:
    """One tool: how its project is written, its versions, its ledger with the first two, and its own command."""

    format: str
    table: str
    versions: tuple[str, str, str]
    make: Callable[[Path], None]
    records: Callable[[Path], Sequence[str]]
    command: str


def _sqitch(path: Path) -> None:
    lines = ["%syntax-version=1.0.0", "%project=demo", ""]
    for number, (name, up, down) in enumerate(STEPS):
        needs = f" [{STEPS[number - 1][0]}]" if number else ""
        lines.append(f"{name}{needs} 2024-01-0{number + 1}T10:00:00Z Théo T <t@example.org> # About {name}.")
        for folder, text in (("deploy", up), ("revert", down), ("verify", "SELECT 1/count(*) FROM public.people;")):
            (path / folder).mkdir(exist_ok=True)
            (path / folder / f"{name}.sql").write_text(f"BEGIN;\n{text}\nCOMMIT;\n")
    (path / "sqitch.plan").write_text("\n".join(lines) + "\n")


_REGISTRY = (
    "CREATE SCHEMA sqitch",
    "CREATE TABLE sqitch.changes (change_id text PRIMARY KEY, script_hash text, change text NOT NULL, project text,"
    " note text, committed_at timestamptz, committer_name text, committer_email text, planned_at timestamptz,"
    " planner_name text, planner_email text)",
    "CREATE TABLE sqitch.events (event text, change_id text, change text, project text, note text, requires text[],"
    " conflicts text[], tags text[], committed_at timestamptz, committer_name text, committer_email text,"
    " planned_at timestamptz, planner_name text, planner_email text)",
)


def _sqitch_records(path: Path) -> Sequence[str]:
    hashes = {each.version: each.checksum for each in sqitch.scan(path, {}).migrations}
    rows = [
        f"INSERT INTO sqitch.changes VALUES ('{change.id}', '{hashes[change.version]}', '{change.name}', 'demo', '',"
        f" '2024-02-0{number} 10:00Z', 'Théo', 't@e.org', now(), 'Théo', 't@e.org')"
        for number, change in enumerate(sqitch.plan(path).changes[:2], 1)
    ]
    events = (
        "INSERT INTO sqitch.events SELECT 'deploy', change_id, change, project, note, '{}', '{}', '{}', committed_at,"
        " committer_name, committer_email, planned_at, planner_name, planner_email FROM sqitch.changes"
    )
    return (*_REGISTRY, *rows, events)


def _alembic(path: Path) -> None:
    folder = path / "alembic" / "versions"
    folder.mkdir(parents=True)
    (path / "alembic" / "env.py").write_text("raise SystemExit('run')\n")
    before: str | None = None
    for number, (name, up, down) in enumerate(STEPS, 1):
        (folder / f"r{number}_{name}.py").write_text(
            f'"""About {name}.\n\nRevision ID: r{number}\n"""\nfrom alembic import op\n\nrevision: str = "r{number}"\n'
            f"down_revision: str | None = {before!r}\n\n\n"
            f'def upgrade() -> None:\n    op.execute("{up}")\n\n\ndef downgrade() -> None:\n    op.execute("{down}")\n'
        )
        before = f"r{number}"


def _knex(path: Path) -> None:
    (path / "migrations").mkdir()
    for number, (name, up, down) in enumerate(STEPS, 1):
        (path / "migrations" / f"2024010{number}_{name}.js").write_text(
            f"exports.up = (knex) => knex.raw('{up}');\n\nexports.down = (knex) => knex.raw('{down}');\n"
        )


def _yoyo(path: Path) -> None:
    folder = path / "migrations"
    folder.mkdir()
    (name, up, down), (second, also, back), (third, last, undo) = STEPS
    (folder / f"0001.{name}.sql").write_text(f"-- About it.\n{up}\n")
    (folder / f"0001.{name}.rollback.sql").write_text(down)
    (folder / f"0002.{second}.py").write_text(
        f'"""About it."""\nfrom yoyo import step\n\n__depends__ = {{"0001.{name}"}}\n\n'
        f'steps = [step("{also}", "{back}")]\n'
    )
    (folder / f"0003.{third}.sql").write_text(f"-- depends: 0002.{second}\n\n{last}\n")
    (folder / f"0003.{third}.rollback.sql").write_text(undo)


def _rails(path: Path) -> None:
    (path / "migrations").mkdir()
    for number, (name, up, down) in enumerate(STEPS, 1):
        (path / "migrations" / f"2024010{number}000000_{name}.rb").write_text(
            f"class {name.title()} < ActiveRecord::Migration[8.0]\n  def up\n    execute {up!r}\n  end\n\n"
            f"  def down\n    execute {down!r}\n  end\nend\n"
        )


def _ecto(path: Path) -> None:
    (path / "migrations").mkdir()
    for number, (name, up, down) in enumerate(STEPS, 1):
        (path / "migrations" / f"2024010{number}000000_{name}.exs").write_text(
            f"defmodule Repo.{name.title()} do\n  use Ecto.Migration\n\n  def up, do: execute({up!r})\n"
            f"  def down, do: execute({down!r})\nend\n"
        )


def _django(path: Path) -> None:
    (path / "migrations").mkdir()
    (path / "migrations" / "__init__.py").write_text("raise SystemExit('run')\n")
    (path / "apps.py").write_text("class Shop(AppConfig):\n    name = 'company.shop'\n")
    before = ""
    for number, (name, up, down) in enumerate(STEPS, 1):
        (path / "migrations" / f"000{number}_{name}.py").write_text(
            "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
            f"    dependencies = [{before}]\n    operations = [migrations.RunSQL({up!r}, {down!r})]\n"
        )
        before = f"('shop', '000{number}_{name}')"


OWN: Mapping[str, Own] = {
    each.format: each
    for each in (
        Own("sqitch", "sqitch.changes", ("people", "ada", "age"), _sqitch, _sqitch_records, "sqitch deploy"),
        Own(
            "alembic",
            "public.alembic_version",
            ("r1", "r2", "r3"),
            _alembic,
            lambda path: (
                "CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)",
                "INSERT INTO public.alembic_version VALUES ('r2')",
            ),
            "alembic upgrade head",
        ),
        Own(
            "knex",
            "public.knex_migrations",
            ("20240101_people.js", "20240102_ada.js", "20240103_age.js"),
            _knex,
            lambda path: (
                "CREATE TABLE public.knex_migrations (id serial PRIMARY KEY, name varchar(255), batch int,"
                " migration_time timestamptz)",
                "INSERT INTO public.knex_migrations (name, batch, migration_time) VALUES"
                " ('20240101_people.js', 1, '2024-02-01Z'), ('20240102_ada.js', 2, '2024-02-02Z')",
            ),
            "knex migrate:latest",
        ),
        Own(
            "yoyo",
            "public._yoyo_migration",
            ("0001.people", "0002.ada", "0003.age"),
            _yoyo,
            lambda path: (
                "CREATE TABLE public._yoyo_migration (migration_hash varchar(64) PRIMARY KEY,"
                " migration_id varchar(255), applied_at_utc timestamp)",
                "CREATE TABLE public._yoyo_log (id varchar(36) PRIMARY KEY, migration_hash varchar(64),"
                " migration_id varchar(255), operation varchar(10), username varchar(255), hostname varchar(255),"
                " comment varchar(255), created_at_utc timestamp)",
                "INSERT INTO public._yoyo_migration VALUES ('a', '0001.people', '2024-02-01'),"
                " ('b', '0002.ada', '2024-02-02')",
                "INSERT INTO public._yoyo_log SELECT migration_hash, migration_hash, migration_id, 'apply', 'theo',"
                " 'box', '', applied_at_utc FROM public._yoyo_migration",
            ),
            "yoyo apply",
        ),
        Own(
            "rails",
            "public.schema_migrations",
            ("20240101000000", "20240102000000", "20240103000000"),
            _rails,
            lambda path: (
                "CREATE TABLE public.schema_migrations (version varchar NOT NULL PRIMARY KEY)",
                "CREATE TABLE public.ar_internal_metadata (key varchar PRIMARY KEY, value varchar,"
                " created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL)",
                "INSERT INTO public.schema_migrations VALUES ('20240102000000'), ('20240101000000')",
                "INSERT INTO public.ar_internal_metadata VALUES ('environment', 'staging', now(), now())",
            ),
            "rails db:migrate",
        ),
        Own(
            "ecto",
            "public.schema_migrations",
            ("20240101000000", "20240102000000", "20240103000000"),
            _ecto,
            lambda path: (
                "CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, inserted_at timestamp(0))",
                "INSERT INTO public.schema_migrations VALUES (20240101000000, '2024-02-01'),"
                " (20240102000000, '2024-02-02')",
            ),
            "mix ecto.migrate",
        ),
        Own(
            "django",
            "public.django_migrations",
            ("shop.0001_people", "shop.0002_ada", "shop.0003_age"),
            _django,
            lambda path: (
                "CREATE TABLE public.django_migrations (id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,"
                " app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied timestamptz NOT NULL)",
                "INSERT INTO public.django_migrations (app, name, applied) VALUES"
                " ('shop', '0001_people', '2024-02-01Z'), ('shop', '0002_ada', '2024-02-02Z')",
            ),
            "python manage.py migrate",
        ),
    )
}
