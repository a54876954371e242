"""What stands around a schema: extensions and their members, subscriptions, settings, temporary tables."""

from __future__ import annotations

from collections.abc import Callable

from console.catalog import reader
from console.catalog.model import Catalog, Edge, Extension, Grant, Key, Kind, Member, Option, Subscription, Table
from console.config.profile import Target
from console.db.session import Session
from tests.databases import Databases

_VECTORS = """
CREATE SCHEMA extensions;
CREATE EXTENSION vector SCHEMA extensions;
COMMENT ON EXTENSION vector IS 'ours';
CREATE TABLE items (id integer PRIMARY KEY, embedding extensions.vector(3));
CREATE INDEX items_embedding ON items USING hnsw (embedding extensions.vector_cosine_ops) WITH (m = 8);
REVOKE EXECUTE ON FUNCTION extensions.vector_dims(extensions.vector) FROM PUBLIC;
"""

_SUBSCRIPTION = """
CREATE SUBSCRIPTION news CONNECTION 'host=example.org password=never-to-be-shown' PUBLICATION "Pub.A", b
    WITH (connect = false, slot_name = NONE, binary = true, origin = none)
"""


async def read(target: Target) -> Catalog:
    async with await Session.open(target, what="test") as session:
        return await reader.read(session)


async def test_members_of_an_extension_are_left_out(make_database: Callable[..., Target]) -> None:
    catalog = await read(make_database(_VECTORS))
    inside = [key for key, value in catalog.objects.items() if key.schema == "extensions" and type(value) is not Member]
    assert inside == []
    extension = catalog.get(Kind.EXTENSION, "", "vector")
    assert isinstance(extension, Extension)
    assert (extension.schema, extension.comment, extension.preinstalled) == ("extensions", "ours", False)
    assert extension.version


async def test_what_was_changed_on_a_member_is_known(make_database: Callable[..., Target]) -> None:
    catalog = await read(make_database(_VECTORS))
    members = list(catalog.of(Member))
    assert [(str(each.key), each.extension) for each in members] == [
        ("extensions.vector_dims(extensions.vector)", "vector")
    ]
    assert members[0].revokes == (Grant("public", "EXECUTE"),)


async def test_what_needs_a_member_depends_on_the_extension(make_database: Callable[..., Target]) -> None:
    catalog = await read(make_database(_VECTORS))
    extension = Key(Kind.EXTENSION, "", "vector")
    assert {edge for edge in catalog.edges if edge.referenced == extension} == {
        Edge(Key(Kind.COLUMN, "public", "embedding", "items"), extension, "n"),
        Edge(Key(Kind.INDEX, "public", "items_embedding"), extension, "n"),
    }
    table = catalog.get(Kind.TABLE, "public", "items")
    assert isinstance(table, Table)
    assert table.columns[1].type == "extensions.vector(3)"


async def test_a_subscription_is_read_without_its_secret(databases: Databases, database: Target) -> None:
    with databases.connect(database) as connection:
        connection.execute(_SUBSCRIPTION)
        try:
            catalog = await read(database)
        finally:
            connection.execute("DROP SUBSCRIPTION news")
    subscription = catalog.get(Kind.SUBSCRIPTION, "", "news")
    assert isinstance(subscription, Subscription)
    assert (subscription.enabled, subscription.slot) == (False, None)
    assert set(subscription.publications) == {"Pub.A", "b"}
    assert {Option("binary", "true"), Option("origin", "none")} <= set(subscription.options)
    assert "never-to-be-shown" not in repr(catalog)


async def test_settings_of_database_and_roles(databases: Databases, database: Target) -> None:
    name = database.database
    with databases.connect(database) as connection:
        connection.execute(f"ALTER DATABASE {name} SET work_mem = '7MB'".encode())
        connection.execute(f"ALTER ROLE postgres IN DATABASE {name} SET lock_timeout = '9s'".encode())
        connection.execute(f"COMMENT ON DATABASE {name} IS 'ours'".encode())
        connection.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC".encode())
    catalog = await read(database)
    found = catalog.get(Kind.DATABASE, "", "")
    assert getattr(found, "settings", None) == (Option("work_mem", "7MB"),)
    assert getattr(found, "revokes", None) == (Grant("public", "CONNECT"),)
    assert found is not None
    assert found.comment == "ours"
    assert catalog.roles["postgres"].settings == (Option("lock_timeout", "9s"),)


async def test_two_databases_with_the_same_objects_are_equal(make_database: Callable[..., Target]) -> None:
    sql = "CREATE TABLE b (x integer); CREATE TABLE a (id serial PRIMARY KEY); CREATE VIEW v AS SELECT id FROM a;"
    other = "CREATE TABLE a (id serial PRIMARY KEY); CREATE VIEW v AS SELECT id FROM a; CREATE TABLE b (x integer);"
    assert await read(make_database(sql)) == await read(make_database(other))


async def test_privileges_put_back_by_hand_are_no_change(make_database: Callable[..., Target]) -> None:
    sql = "CREATE TABLE a (x integer); GRANT SELECT ON a TO PUBLIC; REVOKE SELECT ON a FROM PUBLIC;"
    assert await read(make_database(sql)) == await read(make_database("CREATE TABLE a (x integer);"))


async def test_temporary_tables_are_no_ones(databases: Databases, database: Target) -> None:
    with databases.connect(database) as connection:
        connection.execute("CREATE TEMP TABLE passing (id serial PRIMARY KEY, t text DEFAULT 'x')")
        catalog = await read(database)
    assert [key for key in catalog.objects if "passing" in str(key)] == []
