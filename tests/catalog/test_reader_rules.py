"""What holds of the whole catalog: parts of routines, privileges, edges, hostile names, versions, costs."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from console.catalog import reader
from console.catalog.model import (
    Aggregate,
    Catalog,
    Constraint,
    Edge,
    Grant,
    Index,
    Key,
    Kind,
    Member,
    NotNull,
    Option,
    Owned,
    PublishedTable,
    Relation,
)
from console.db.session import Session
from tests.catalog.conftest import Tortured
from tests.catalog.seeing import ROLE, attributes, column, found


def test_a_function_keeps_its_body_and_settings(catalog: Catalog) -> None:
    definition = found(catalog, Kind.FUNCTION, "plain", args="integer, text").definition
    assert "-- $$ and a ' in the body" in definition
    assert "SET search_path TO 'app', 'pg_temp'" in definition
    assert "STABLE STRICT SECURITY DEFINER COST 55" in definition


def test_an_aggregate_in_all_its_parts(catalog: Catalog) -> None:
    total = found(catalog, Kind.AGGREGATE, "total", args="integer")
    assert isinstance(total, Aggregate)
    attributes(total, sfunc="app.add_up", stype="bigint", sspace=16, finalfunc="app.as_text", finalfunc_modify="s")
    attributes(total, combinefunc="int8pl", initcond="0", parallel="s", minitcond="0")
    attributes(
        total, msfunc="app.add_up", minvfunc="app.take_off", mstype="bigint", msspace=8, mfinalfunc="app.as_text"
    )
    attributes(found(catalog, Kind.AGGREGATE, "smallest", args="integer"), sortop="pg_catalog.<", finalfunc="")
    middle = found(catalog, Kind.AGGREGATE, "middle", args="double precision, integer")
    attributes(
        middle, type="o", finalfunc_extra=True, finalfunc_modify="", arguments="double precision ORDER BY integer"
    )
    assert found(catalog, Kind.AGGREGATE, "my_rank", args='"any"').type == "h"


def test_an_operator_class_and_its_family(catalog: Catalog) -> None:
    operator_class = found(catalog, Kind.OPERATOR_CLASS, "tiny_ops", args="btree")
    assert [(item.number, item.operator) for item in operator_class.operators] == [
        (1, "app.<"),
        (3, "app.="),
        (5, "app.>"),
    ]
    assert [item.function for item in operator_class.functions] == ["app.tiny_order(app.tiny,app.tiny)"]
    family = found(catalog, Kind.OPERATOR_FAMILY, "tiny_family", args="btree")
    assert [(item.left, item.right) for item in family.functions] == [("app.tiny", "integer")]


def test_types_that_go_with_another_are_not_objects(catalog: Catalog) -> None:
    assert catalog.get(Kind.TYPE, "app", "users") is None
    assert catalog.get(Kind.TYPE, "app", "_mood") is None
    assert catalog.get(Kind.TYPE, "app", "many_texts") is None
    constructors = [key for key in catalog.objects if key.name in ("float_range", "many_texts", "float_multirange")]
    assert constructors == [Key(Kind.TYPE, "app", "float_range")]


def test_the_keys_of_a_partitioned_foreign_key_count_once(catalog: Catalog) -> None:
    names = [each.key.name for each in catalog.of(Constraint) if each.type == "f" and each.table.name == "orders"]
    assert names == ["chained", "later", "one_event", "orders_user_id_fkey"]


def test_default_privileges(catalog: Catalog) -> None:
    functions = found(catalog, Kind.DEFAULT_PRIVILEGES, "torture_maker: functions", schema="")
    attributes(functions, on="FUNCTIONS", grants=(), revokes=(Grant("public", "EXECUTE"),))
    sequences = found(catalog, Kind.DEFAULT_PRIVILEGES, "torture_maker: sequences", schema="app")
    attributes(sequences, grants=(Grant(ROLE, "SELECT", True), Grant(ROLE, "UPDATE", True)), revokes=())


def test_what_was_changed_on_the_systems_objects(catalog: Catalog) -> None:
    members = {str(each.key): (each.grants, each.revokes) for each in catalog.of(Member)}
    assert members == {
        "pg_catalog.pg_sleep(double precision)": ((), (Grant("public", "EXECUTE"),)),
        "pg_catalog.pg_ls_dir(text)": ((Grant("torture_reader", "EXECUTE"),), ()),
        "pg_catalog.pg_authid": ((Grant("torture_maker", "SELECT"),), ()),
        "424242": ((Grant("torture_reader", "SELECT"),), ()),
    }


def test_no_secret_is_read(catalog: Catalog) -> None:
    everything = repr(catalog)
    assert "never-to-be-shown" not in everything
    mapping = found(catalog, Kind.USER_MAPPING, "torture_owner", "Torture Server", schema="")
    attributes(mapping, options=(Option("user", "them"),), hidden=("password",))


def test_roles_are_those_that_the_database_mentions(catalog: Catalog) -> None:
    assert {"postgres", "torture_owner", "torture_reader", "torture_maker", ROLE} <= set(catalog.roles)
    assert "pg_monitor" not in catalog.roles


EDGES = [
    ((Kind.VIEW, "user_list"), (Kind.COLUMN, "mood", "users")),
    ((Kind.VIEW, "on_summary"), (Kind.COLUMN, "mean", "summary")),
    ((Kind.COLUMN, "a", "uses_functions"), (Kind.FUNCTION, "plain", "", "text")),
    ((Kind.COLUMN, "b", "uses_functions"), (Kind.COLUMN, "c", "uses_functions")),
    ((Kind.COLUMN, "mood", "users"), (Kind.TYPE, "mood")),
    ((Kind.COLUMN, "email", "users"), (Kind.DOMAIN, "email")),
    ((Kind.COLUMN, "id", "serials"), (Kind.SEQUENCE, "serials_id_seq")),
    ((Kind.INDEX, "uses_functions_fine"), (Kind.FUNCTION, "is_fine", "", "text")),
    ((Kind.CONSTRAINT, "uses_functions_a_check", "uses_functions"), (Kind.FUNCTION, "is_fine", "", "text")),
    ((Kind.CONSTRAINT, "later", "orders"), (Kind.COLUMN, "id", "users")),
    ((Kind.POLICY, 'May "see"', "users"), (Kind.COLUMN, "user_id", "orders")),
    ((Kind.TRIGGER, "touch_users", "users"), (Kind.FUNCTION, "touch")),
    ((Kind.FUNCTION, "atomic_body", "", "bigint"), (Kind.COLUMN, "score", "users")),
    ((Kind.FUNCTION, "standard_body", "", "app.users"), (Kind.TABLE, "users")),
    ((Kind.TABLE, "events_2024"), (Kind.TABLE, "events")),
    ((Kind.TYPE, "address"), (Kind.TYPE, "mood")),
    ((Kind.OPERATOR_CLASS, "tiny_ops", "", "btree"), (Kind.OPERATOR, "<", "", "app.tiny, app.tiny")),
]


@pytest.mark.parametrize(("dependent", "referenced"), EDGES)
def test_dependencies(catalog: Catalog, dependent: tuple[Any, ...], referenced: tuple[Any, ...]) -> None:
    between = {(edge.dependent, edge.referenced) for edge in catalog.edges}
    assert (Key(dependent[0], "app", *dependent[1:]), Key(referenced[0], "app", *referenced[1:])) in between


def test_dependencies_are_each_there_once_and_in_order(catalog: Catalog) -> None:
    assert list(catalog.edges) == sorted(set(catalog.edges))
    assert not [edge for edge in catalog.edges if edge.dependent == edge.referenced]


@pytest.mark.parametrize(
    ("schema", "table", "columns"),
    [
        ("app", "; DROP TABLE x; --", ("[bold]x[/]", 'a"b', "c.d", "  ", "Émoji 🐘")),
        ('Schema with "quotes".and dots', 'Table "x".y', ("select", "from")),
        ("public", "line\nfeed", ("tab\tand\nline feed", "back\\slash", "%s %(x)s")),
        ("app", "abcdefghijklmnopqrstuvwxyz" * 2 + "abcdefghijk", ("abcdefghijklmnopqrstuvwxyz" * 2 + "abcdefghijk",)),
    ],
)
def test_hostile_names_survive(catalog: Catalog, schema: str, table: str, columns: tuple[str, ...]) -> None:
    assert tuple(column.name for column in found(catalog, Kind.TABLE, table, schema=schema).columns) == columns


def test_comments_are_on_everything_that_has_one(catalog: Catalog) -> None:
    commented = {value.key.kind for value in catalog.objects.values() if value.comment is not None}
    without = set(Kind) - commented
    assert without == {
        *(Kind.COLUMN, Kind.ROLE, Kind.DEFAULT_PRIVILEGES, Kind.USER_MAPPING, Kind.SUBSCRIPTION, Kind.DATABASE),
    }


async def test_reading_costs_two_round_trips(session: Session) -> None:
    await session.read()
    before = session.trips
    await reader.read(session)
    assert session.trips - before == 2  # one to ask, one to say that all has come: results come while the server works


async def test_two_readings_are_equal(tortured: Tortured, session: Session) -> None:
    assert await reader.read(session) == tortured.catalog


def test_values_are_frozen_and_equal_by_meaning(catalog: Catalog) -> None:
    users = found(catalog, Kind.TABLE, "users")
    with pytest.raises(AttributeError):
        users.owner = "other"
    assert dataclasses.replace(users, oid=1) == users
    assert dataclasses.replace(users, owner="other") != users


def test_measures_stand_apart(catalog: Catalog) -> None:
    assert catalog.measures[Key(Kind.INDEX, "app", "users_pkey")].bytes > 0
    assert Key(Kind.TABLE, "app", "users") in catalog.measures


class TestNewerVersions:
    """What only some versions have."""

    @pytest.fixture(autouse=True)
    def _keep(self, tortured: Tortured) -> None:
        self.major, self.catalog = tortured.major, tortured.catalog

    @pytest.mark.since(15)
    def test_15(self) -> None:
        index = found(self.catalog, Kind.INDEX, "since_15_nulls")
        assert isinstance(index, Index)
        assert index.nulls_not_distinct is True
        assert found(self.catalog, Kind.VIEW, "invoker").options == (Option("security_invoker", "true"),)
        assert "ON DELETE SET NULL (c)" in found(self.catalog, Kind.CONSTRAINT, "only_one", "partial_null").definition
        filtered = found(self.catalog, Kind.PUBLICATION, "torture_filtered", schema="")
        assert filtered.tables == (
            PublishedTable(table=Key(Kind.TABLE, "app", "partial_null"), where="(a > 3)"),
            PublishedTable(table=Key(Kind.TABLE, "app", "since_15"), columns=("a",)),
        )
        assert found(self.catalog, Kind.PUBLICATION, "torture_schema", schema="").schemas == ("empty",)

    def test_17(self) -> None:
        domain = self.catalog.get(Kind.DOMAIN, "app", "named_not_null")
        partitioned = self.catalog.get(Kind.TABLE, "app", "am_of_partitioned")
        if self.major < 17:
            assert domain is partitioned is None
            return
        assert [(each.name, each.type) for each in getattr(domain, "constraints", ())] == [("must_be", "n")]
        assert getattr(partitioned, "access_method", None) == "torture_heap"
        assert found(self.catalog, Kind.COLLATION, "builtin_order").provider == "b"
        assert Grant("torture_reader", "MAINTAIN") in found(self.catalog, Kind.TABLE, "orders").grants

    def test_18(self) -> None:
        if self.major < 18:
            assert self.catalog.get(Kind.TABLE, "app", "since_18") is None
            assert {each.name for value in self.catalog.of(Relation) for each in _not_nulls(value)} == {""}
            return
        names = {name: column(self.catalog, name, "since_18") for name in ("a", "b", "d", "e")}
        assert names["a"].not_null == NotNull(name="a_is_there", comment="even NOT NULL can have one")
        assert names["b"].generated == "v"
        assert names["d"].not_null == NotNull(no_inherit=True)
        assert names["e"].not_null == NotNull(name="e_later", validated=False)
        inherited = column(self.catalog, "a", "inherits_18").not_null
        assert inherited == NotNull(name="own_name", inherited=True)
        attributes(found(self.catalog, Kind.CONSTRAINT, "c_not_enforced", "since_18"), enforced=False)
        attributes(found(self.catalog, Kind.CONSTRAINT, "temporal", "since_18"), period=True, type="u")
        assert found(self.catalog, Kind.PUBLICATION, "torture_generated", schema="").generated == "s"


def _not_nulls(relation: Relation) -> list[NotNull]:
    return [column.not_null for column in relation.columns if column.not_null is not None]


def test_owners_are_known_of_everything_that_has_one(catalog: Catalog) -> None:
    assert [value.key for value in catalog.of(Owned) if not value.owner] == []
    assert all(edge.__class__ is Edge for edge in catalog.edges)
