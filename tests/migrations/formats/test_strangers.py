"""Files of tools that are not known here are not run as plain SQL: what stands below their marks would be run, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.errors import BadMigrations
from console.migrations.files import formats, templates
from tests.migrations.formats.bookkeeping import fill

BOTH = "{}\nCREATE TABLE people (id int);\n{}\nDROP TABLE people;\n"
FOLDERS = [
    ({"1_a.sql": BOTH.format("-- +migrate Up", "-- +migrate Down")}, "sql-migrate"),
    ({"1_a.sql": BOTH.format("-- +micrate Up", "-- +micrate Down")}, "micrate"),
    ({"001_a.sql": BOTH.format("", "---- create above / drop below ----")}, "tern"),
    ({"20240101000000_a.sql": BOTH.format("-- // a", "-- //@UNDO")}, "MyBatis"),
    ({"1_a.sql": BOTH.format("-- rambler up", "-- rambler down")}, "rambler"),
    ({"1_a.sql": "--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n"}, "Liquibase"),
    ({"1_a.sql": BOTH.format("# --- !Ups", "# --- !Downs")}, "Play"),
    ({"20240101000000_a.sql": "SELECT 1;", "atlas.sum": "h1:\n"}, "Atlas"),
    ({"V1__a.sql": "SELECT 1;", "../Cargo.toml": "[dependencies]\nrefinery = { version = '0.8' }\n"}, "refinery"),
    ({"1600000000000_a/up.sql": "SELECT 1;", "1600000000000_a/down.sql": ""}, "Hasura"),
    ({"20191100000001000000_a.mysql.up.sql": "", "20191100000001000000_a.postgres.up.sql": ""}, "pop"),
]


@pytest.mark.parametrize(("files", "tool"), FOLDERS)
def test_a_folder_of_theirs_cannot_be_used(tmp_path: Path, files: dict[str, str], tool: str) -> None:
    with pytest.raises(BadMigrations, match=tool):
        formats.read(fill(tmp_path / "migrations", files))


def test_one_such_file_among_others_is_left_to_its_tool(tmp_path: Path) -> None:
    made = {"1_a.sql": "SELECT 1;", "2_b.sql": BOTH.format("-- +migrate Up", "-- +migrate Down")}
    first, second = formats.read(fill(tmp_path / "migrations", made)).migrations
    assert (first.unsupported, "Line 1 is a mark of sql-migrate" in second.unsupported) == ("", True)


@pytest.mark.parametrize("text", ["-- up and down it goes\nSELECT 1;", "SELECT '-- +x';", "-- + Up\nSELECT 1;"])
def test_words_in_comments_are_no_marks(tmp_path: Path, text: str) -> None:
    [migration] = formats.read(fill(tmp_path / "migrations", {"1_a.sql": text})).migrations
    assert migration.unsupported == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('CREATE TABLE\n{{ index .Options "Namespace" }}.people ();', 2),
        ('SET search_path TO {{ env "SCHEMA" }};', 1),
        ("SELECT '{{a b}}', '{{\"a\",\"b\"}}'::text[];", None),
        ("INSERT INTO t VALUES ('Hi {{.UserName}},', E'it\\'s {{ if .Late }}late{{ end }}', '{% if x %}');", None),
        ("UPDATE t SET body = $$Hi {{.UserName}}$$;", None),
        ("-- fills in {{ name }}\nSELECT 1;", None),
        ("-- {{ if .Postgres }}\nSELECT 1;\n-- {{ end }}", 1),
        ("DO $$\nBEGIN\n  ALTER TABLE {{ .Schema }}.t ADD a int;\nEND $$;", 3),
        ("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'Hi {{.UserName}}' $$;", None),
        ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $f$ SELECT a FROM {{ schema }}.t $f$;", 1),
        ('CREATE SCHEMA "{{ .Schema }}";', 1),
    ],
)
def test_calls_in_templates_are_seen(text: str, line: int | None) -> None:
    assert templates.marked(text) == line
