"""One relation in one round trip: its parts, its measures, and who uses it."""

from __future__ import annotations

import pytest

from console.catalog import detail, outline
from console.catalog.detail import RelationDetail, Use
from console.catalog.model import Key, Kind
from console.db.session import Session


async def of(session: Session, kind: Kind, name: str, schema: str = "app") -> RelationDetail:
    tree = await outline.read_relations(session)
    found = await detail.read(session, tree.find_key(Key(kind, schema, name)).oid)
    assert found is not None
    return found


def said(uses: tuple[Use, ...]) -> set[tuple[str, str, str]]:
    return {(use.kind, use.name, use.how) for use in uses}


async def test_one_round_trip(session: Session) -> None:
    tree = await outline.read_relations(session)
    before = session.trips
    await detail.read(session, tree.find_key(Key(Kind.TABLE, "app", "users")).oid)
    assert session.trips - before == 1


async def test_a_table(session: Session) -> None:
    users = await of(session, Kind.TABLE, "users")
    assert (users.head.kind, users.head.owner, users.head.row_security) == (Kind.TABLE, "torture_owner", True)
    assert users.head.comment == "people\nin two lines, with a \\ backslash"
    assert users.head.index_bytes > 0
    columns = {column.name: column for column in users.columns}
    assert columns["id"].primary_key is True
    assert columns["id"].identity == "a"
    assert columns["sorted"].collation == "C"
    assert users.indexes[0].name == "users_pkey"
    assert [each.type for each in users.constraints if each.type != "n"] == ["p", "u", "c", "c", "c"]
    assert {policy.name for policy in users.policies} == {"own_rows", 'May "see"'}
    assert {trigger.name: trigger.enabled for trigger in users.triggers} == {"touch_users": "A"}
    assert {each.name for each in users.statistics} == {"user_stats", "Expression Stats"}
    assert ("torture_reader", "name", "UPDATE*") in {
        (each.grantee, each.column, each.privileges) for each in users.grants
    }


async def test_used_by(session: Session) -> None:
    users = await of(session, Kind.TABLE, "users")
    assert {
        ("table", "orders", "foreign key later"),
        ("table", "orders", "foreign key orders_user_id_fkey"),
        ("view", "user_list", "its query"),
        ("view", "joined_view", "rule insert_user"),
        ("materialized view", "summary", "its query"),
        ("function", "atomic_body(bigint)", "its body"),
        ("function", "standard_body(app.users)", "row type"),
        ("procedure", "do_atomic(bigint)", "its body"),
        ("publication", "torture_some", "published"),
    } <= said(users.used_by)


async def test_depends_on(session: Session) -> None:
    users = await of(session, Kind.TABLE, "users")
    assert {
        ("type", "mood", "column type"),
        ("type", "email", "column type"),
        ("function", "touch()", "trigger touch_users"),
        ("sequence", "users_id_seq", "sequence of id"),
        ("table", "orders", 'policy May "see"'),
    } <= said(users.depends_on)
    functions = await of(session, Kind.TABLE, "uses_functions")
    assert {
        ("function", "plain(text)", "default"),
        ("function", "is_fine(text)", "constraint uses_functions_a_check"),
        ("function", "is_fine(text)", "index uses_functions_fine"),
    } <= said(functions.depends_on)


async def test_foreign_keys_lead_on(session: Session) -> None:
    orders = await of(session, Kind.TABLE, "orders")
    column = next(column for column in orders.columns if column.name == "user_id")
    assert (column.refers_schema, column.refers_table, column.refers_column) == ("app", "users", "id")
    assert ("table", "users", "foreign key later") in said(orders.depends_on)


async def test_a_view_and_what_it_reads(session: Session) -> None:
    view = await of(session, Kind.VIEW, "on_summary")
    assert view.head.definition is not None
    assert "FROM app.summary" in view.head.definition
    assert ("materialized view", "summary", "its query") in said(view.depends_on)
    joined = await of(session, Kind.VIEW, "joined_view")
    assert [rule.name for rule in joined.rules] == ["insert_user"]


async def test_partitions(session: Session) -> None:
    events = await of(session, Kind.TABLE, "events")
    assert events.head.partition_key == "RANGE (at)"
    assert [child.name for child in events.children] == ["events_2024", "events_2025", "events_other"]
    assert all(child.partition for child in events.children)
    year = await of(session, Kind.TABLE, "events_2024")
    assert year.head.partition_of == events.head.oid
    assert year.head.partition_bound is not None


@pytest.mark.parametrize(
    ("kind", "name", "schema"),
    [
        (Kind.SEQUENCE, "Odd Sequence", "app"),
        (Kind.FOREIGN_TABLE, "far_away", "app"),
        (Kind.MATERIALIZED_VIEW, "filled", "app"),
        (Kind.TABLE, "no_columns", "app"),
        (Kind.TABLE, 'Table "x".y', 'Schema with "quotes".and dots'),
        (Kind.TABLE, "line\nfeed", "public"),
    ],
)
async def test_every_sort_of_relation(session: Session, kind: Kind, name: str, schema: str) -> None:
    found = await of(session, kind, name, schema)
    assert (found.head.kind, found.head.name, found.head.schema) == (kind, name, schema)


async def test_what_is_gone_is_none(session: Session) -> None:
    assert await detail.read(session, 4_000_000_000) is None
