"""Nothing of the server's catalog is passed over in silence: each column is listed, each class is counted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from console.catalog import compare, model
from console.catalog.compare import Change
from console.catalog.model import Catalog, Database, Extension, Index, Key, Kind, Label, Object, Subscription, Table
from console.config.profile import Target
from console.db.session import Session
from console.drift import coverage
from tests import servers
from tests.databases import Databases
from tests.drift import cases, judging

LISTED = tomllib.loads((Path(__file__).parent / "coverage.toml").read_text("utf-8"))
_CLASSES = {
    name: made
    for name in model.__all__
    if isinstance(made := getattr(model, name), type) and (issubclass(made, tuple) or is_dataclass(made))
}
_CASE = re.compile(r"(?P<model>\w+)(\.(?P<attribute>\w+))?: (?P<case>\w+)")
_COLUMNS = b"""
SELECT c.relname, a.attname
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""


def listed() -> Iterator[tuple[str, str, str, str]]:
    """Yield each listed column: its table, its name, what is done with it, and how or why."""
    for table, sorts in LISTED.items():
        for sort, columns in sorts.items():
            for names, said in columns.items():
                yield from ((table, name, sort, said) for name in names.split())


def missing(databases: Databases) -> list[str]:
    """Return the columns that a server has and the list has not."""
    known = {(table, name) for table, name, _, _ in listed()}
    with databases.connect() as connection:
        found = connection.execute(_COLUMNS).fetchall()
    return sorted(f"{table}.{name}" for table, name in found if (table, name) not in known)


def test_every_column_of_this_server_is_listed(databases: Databases) -> None:
    assert missing(databases) == []


@pytest.mark.slow
@pytest.mark.parametrize("version", [14, 15, 16, 17])
def test_every_column_of_older_servers_is_listed(tmp_path: Path, version: int) -> None:
    with Databases.started(tmp_path, version=version, installation=servers.installation(version)) as databases:
        assert missing(databases) == []


def test_a_column_is_listed_once() -> None:
    found = [(table, name) for table, name, _, _ in listed()]
    assert [each for each in found if found.count(each) > 1] == []


def test_what_is_compared_names_an_attribute_and_a_case_that_is_there() -> None:
    names = {case.name for case in cases.every()}
    tests = {
        each
        for path in Path(__file__).parent.glob("test_*.py")
        for each in re.findall(r"def (test_\w+)", path.read_text())
    }
    for table, column, sort, said in listed():
        assert sort in ("compared", "derived", "ignored"), (table, sort)
        assert said, (table, column)
        if sort != "compared":
            continue
        found = _CASE.fullmatch(said)
        assert found is not None, (table, column, said)
        assert found["attribute"] is None or found["attribute"] in _attributes(found["model"]), (table, column, said)
        assert found["case"] in names | tests, (table, column, said)


def _attributes(name: str) -> set[str]:
    made = _CLASSES[name]
    return set(getattr(made, "_fields", ())) or {each.name for each in fields(made)}


async def counted(target: Target) -> coverage.Count:
    async with await Session.open(target, what="test") as session:
        found = await coverage.count(session)
    assert found.refused == ""
    return found


_TABLE = Table(key=Key(Kind.TABLE, "public", "t"))


@pytest.mark.parametrize(
    ("made", "attribute", "value"),
    [
        (_TABLE, "tablespace", "fast"),
        (_TABLE, "detaching", True),
        (_TABLE, "security_labels", (Label("selinux", "secret"),)),
        (Database(key=Key(Kind.DATABASE, "", "")), "security_labels", (Label("selinux", "secret"),)),
        (Extension(key=Key(Kind.EXTENSION, "", "vector"), version="0.7.0"), "version", "0.8.0"),
        (Index(key=Key(Kind.INDEX, "public", "i"), table=_TABLE.key, definition="…"), "valid", False),
        (Subscription(key=Key(Kind.SUBSCRIPTION, "", "s")), "enabled", True),
        (Subscription(key=Key(Kind.SUBSCRIPTION, "", "s")), "owner", "app"),
        (Subscription(key=Key(Kind.SUBSCRIPTION, "", "s")), "slot", "other"),
    ],
)
def test_seen_without_a_case(made: Object, attribute: str, value: object) -> None:
    """What no pair of scripts can make on every server: tablespaces, label providers, slots, broken builds."""
    other = replace(made, **{attribute: value})
    a, b = (Catalog(180000, {each.key: each}) for each in (made, other))
    for one, two in ((a, b), (b, a)):
        [change] = compare.compare(one, two)
        assert [each.attribute for each in change.differences] == [attribute]


class TestClasses:
    async def test_every_class_is_counted_or_passed_over(self, database: Target) -> None:
        found = await counted(database)
        assert not found.unknown
        assert not {name for name in found.numbers if ":" not in name} & coverage.PASSED_OVER
        assert set(coverage.NOT_COMPARED) <= set(found.numbers)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("SELECT lo_create(0)", "pg_largeobject_metadata"),
            ("SELECT pg_replication_origin_create('drift_origin')", "pg_replication_origin"),
            ("DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$", "pg_authid"),
            (
                "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a);"
                "ALTER TABLE b DISABLE TRIGGER ALL",
                "pg_trigger: of constraints, disabled",
            ),
        ],
    )
    async def test_what_is_not_compared_is_named_with_its_number(
        self, databases: Databases, database: Target, text: str, name: str
    ) -> None:
        empty = await counted(database)
        with databases.connect(database) as connection:
            connection.execute(text.encode())
            found = coverage.coverage(empty, await counted(database))
            connection.execute(b"SELECT pg_replication_origin_drop(roname) FROM pg_replication_origin")
        assert [each.name for each in found.not_compared if each.name == name and (each.b or 0) > 0] == [name]
        assert all(each.sentence.startswith("not compared: pg_") for each in found.not_compared)
        assert {each["class"] for each in found.as_dict()["not_compared"]} == {each.name for each in found.not_compared}

    async def test_a_class_that_nobody_knows_is_named_unless_it_is_empty(
        self, databases: Databases, database: Target
    ) -> None:
        empty = await counted(database)
        with databases.connect(database) as connection:
            connection.execute("SET allow_system_table_mods = on")
            connection.execute("CREATE TABLE pg_catalog.pg_new (oid oid); CREATE TABLE pg_catalog.pg_newer (a int)")
            assert coverage.coverage(empty, await counted(database)).unknown == ()
            connection.execute("INSERT INTO pg_catalog.pg_new VALUES (99), (99999)")
            found = coverage.coverage(None, await counted(database))
        assert [each.sentence for each in found.unknown] == [
            "not compared: pg_new (not counted and 1): this version of dbconsole does not know it"
        ]
        [hidden] = found.hidden(Catalog(180000, {}), Catalog(180000, {}))
        assert (str(hidden.key), "does not know" in hidden.reason) == ("pg_catalog.pg_new", True)

    def test_what_is_compared_is_only_counted(self) -> None:
        found = coverage.coverage(coverage.Count({"pg_proc": 2, "pg_cast": 0}), coverage.Count({"pg_proc": 3}))
        assert found.as_dict() == {"compared": 1, "not_compared": []}


@pytest.mark.slow
async def test_each_case_shows_what_it_is_listed_for(databases: Databases) -> None:
    """In the case named for a column its attribute is seen to differ; for a part of a text, the column too."""
    wanted: dict[str, set[tuple[str, str, str]]] = {}
    for table, column, sort, said in listed():
        if sort == "compared" and (found := _CASE.fullmatch(said)) is not None:
            wanted.setdefault(found["case"], set()).add((table, column, said.partition(":")[0]))
    silent = []
    for case in (each for each in cases.every() if each.name in wanted and "icu" not in each.needs):
        one, two = databases.loaded(case.a), databases.loaded(case.b)
        found = seen(compare.compare(await judging.read(one), await judging.read(two)))
        for table, column, attribute in wanted[case.name]:
            if attribute not in found:
                silent.append(f"{case.name}: {attribute} is not seen to differ")
            elif attribute.endswith(".definition") and not _differs(databases, (one, two), table, column):
                silent.append(f"{case.name}: {table}.{column} does not differ, {attribute} does by something else")
        for target in (one, two):
            judging.drop(databases, target)
    assert silent == [], "\n".join(silent)


def seen(changes: Iterable[Change]) -> set[str]:
    """Return the attributes that differ, `Table.options`; `Table.key` for one that comes or goes."""
    found = set()
    for change in changes:
        for each in change.differences:
            found.add(f"{type(change.before).__name__}.{each.attribute}")
            found |= _parts(_many(each.before), _many(each.after))
        if not change.differences:
            name = type(change.after or change.before).__name__
            found |= {name, f"{name}.key"}
    return found


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) and not hasattr(value, "_fields") else (value,)


def _parts(before: tuple[object, ...], after: tuple[object, ...]) -> set[str]:
    """Return the attributes that differ of what objects are made of: `SequenceOptions.start`, however deep."""
    found: set[str] = set()
    for name in {type(made).__name__ for made in (*before, *after)} & _CLASSES.keys():
        for each in _attributes(name):
            was, now = ({getattr(made, each, None) for made in side} for side in (before, after))
            if was != now:
                found |= {f"{name}.{each}", *_parts(tuple(was), tuple(now))}
    return found


# The column that tells whose a row is, where it has no oid.
_OF = {"pg_index": "indexrelid", "pg_partitioned_table": "partrelid", "pg_attribute": "attrelid"}


def _differs(databases: Databases, sides: Iterable[Target], table: str, column: str) -> bool:
    own = f"{_OF.get(table, 'oid')} >= 16384"  # what the server brings along has smaller numbers
    query = f"SELECT array_agg({column}::text ORDER BY {column}::text) FROM pg_catalog.{table} WHERE {own}"
    values = []
    for target in sides:
        with databases.connect(target) as connection:
            values.append(connection.execute(query.encode()).fetchone())
    return values[0] != values[1]
