"""The reader sees every object of the torture schema with its attributes, on every version."""

from __future__ import annotations

import pytest

from console.catalog.model import (
    Catalog,
    Grant,
    Key,
    Kind,
    Member,
    NotNull,
    Option,
    SequenceOptions,
)
from tests.catalog.seeing import ROLE, USERS, attributes, column, found


def test_every_kind_is_there(catalog: Catalog) -> None:
    missing = set(Kind) - {key.kind for key in catalog.objects}
    assert missing == {Kind.COLUMN, Kind.ROLE, Kind.SUBSCRIPTION}


def test_nothing_of_the_system_is_there(catalog: Catalog) -> None:
    strangers = [
        key
        for key, value in catalog.objects.items()
        if key.schema in ("pg_catalog", "information_schema", "pg_toast") and not isinstance(value, Member)
    ]
    assert strangers == []


COLUMNS: list[tuple[str, str, dict[str, object]]] = [
    ("users", "id", {"type": "bigint", "not_null": NotNull(), "default": None}),
    ("users", "name", {"type": "character varying(80)", "default": "'O''Hara; \"x\"'::character varying"}),
    ("users", "name", {"statistics": 500, "comment": "as they call themselves"}),
    ("users", "name", {"grants": (Grant("torture_reader", "UPDATE", grantable=True),)}),
    ("users", "id", {"grants": (Grant(ROLE, "REFERENCES"),)}),
    ("users", "mood", {"type": "app.mood", "default": "'ok'::app.mood", "not_null": None}),
    ("users", "score", {"type": "numeric(12,4)"}),
    ("users", "score", {"options": (Option("n_distinct", "-0.25"), Option("n_distinct_inherited", "12"))}),
    ("users", "joined", {"type": "timestamp(3) with time zone", "default": "now()"}),
    ("users", "waited", {"type": "interval day to second(2)"}),
    ("users", "tags", {"type": "text[]", "default": "ARRAY['a'::text, 'b'::text]"}),
    ("users", "sorted", {"collation": 'pg_catalog."C"', "storage": None, "compression": ""}),
    ("users", "packed", {"storage": "e", "compression": "p", "collation": None}),
    ("users", "outside", {"storage": "m"}),
    ("users", "doubled", {"generated": "s", "default": "(number * 2)"}),
    ("users", 'Ünïcode "col".dot 🦔', {"type": "jsonb", "default": """'{"a": [1, "%s"]}'::jsonb"""}),
    ("fish", "name", {"local": True, "inherited": 1, "default": "'Wanda'::text"}),
    ("fish", "depth", {"local": False, "inherited": 1, "default": "3"}),
    ("far_away", "id", {"fdw_options": (Option("column_name", "ID"),)}),
    ("user_list", "mood", {"default": "'ok'::app.mood"}),
    ("user_list", "name", {"comment": "a view's column"}),
]


@pytest.mark.parametrize(("table", "name", "expected"), COLUMNS)
def test_columns(catalog: Catalog, table: str, name: str, expected: dict[str, object]) -> None:
    attributes(column(catalog, name, table), **expected)


def test_a_dropped_column_is_gone(catalog: Catalog) -> None:
    names = [column.name for column in found(catalog, Kind.TABLE, "users").columns]
    assert "gone" not in names
    assert names[0] == "id"
    assert names[-1] == "waited"


def test_identity_columns_carry_their_sequence(catalog: Catalog) -> None:
    identity = column(catalog, "id").identity
    assert identity is not None
    options = SequenceOptions(type="bigint", start=100, increment=5, minimum=50, maximum=100000, cache=3, cycle=True)
    attributes(identity, always=True, options=options, sequence=Key(Kind.SEQUENCE, "app", "users_id_seq"))
    attributes(found(catalog, Kind.SEQUENCE, "users_id_seq"), identity=True, options=None)
    by_default = column(catalog, "number").identity
    assert by_default is not None
    assert by_default.always is False


OBJECTS: list[tuple[Kind, str, str, str, dict[str, object]]] = [
    (Kind.SCHEMA, "app", "", "", {"owner": "torture_owner", "comment": 'It\'s the "application"; with a semicolon'}),
    (
        Kind.SCHEMA,
        "app",
        "",
        "",
        {"grants": (Grant(ROLE, "CREATE", True), Grant("torture_reader", "USAGE"), Grant("public", "USAGE"))},
    ),
    (Kind.TABLE, "users", "", "", {"owner": "torture_owner", "row_security": True, "force_row_security": True}),
    (Kind.TABLE, "users", "", "", {"comment": "people\nin two lines, with a \\ backslash", "access_method": "heap"}),
    (Kind.TABLE, "users", "", "", {"options": (Option("fillfactor", "70"), Option("autovacuum_enabled", "false"))}),
    (Kind.TABLE, "users", "", "", {"toast_options": (Option("autovacuum_vacuum_threshold", "77"),)}),
    (Kind.TABLE, "users", "", "", {"revokes": (Grant("torture_owner", "TRUNCATE"),)}),
    (Kind.TABLE, "serials", "", "", {"persistence": "u", "grants": (), "revokes": ()}),
    (Kind.TABLE, "no_columns", "", "", {"columns": ()}),
    (Kind.TABLE, "address_book", "", "", {"of_type": "app.address"}),
    (
        Kind.TABLE,
        "fish",
        "",
        "",
        {"inherits": (Key(Kind.TABLE, "app", "animals"), Key(Kind.TABLE, "app", "swimmers")), "partition_of": None},
    ),
    (Kind.TABLE, "events", "", "", {"partition_key": "RANGE (at)", "partition_of": None, "access_method": ""}),
    (Kind.TABLE, "events_2025", "", "", {"partition_key": "LIST (region)", "inherits": ()}),
    (Kind.TABLE, "events_2025", "", "", {"partition_of": Key(Kind.TABLE, "app", "events")}),
    (Kind.TABLE, "events_2025_eu", "", "", {"partition_bound": "FOR VALUES IN ('eu', 'it''s')"}),
    (Kind.TABLE, "events_2025_rest", "", "", {"partition_bound": "DEFAULT"}),
    (Kind.TABLE, "hashed_0", "", "", {"options": (Option("fillfactor", "50"),)}),
    (Kind.TABLE, "orders", "", "", {"replica_identity": "f"}),
    (Kind.TABLE, "animals", "", "", {"replica_identity": "n"}),
    (Kind.TABLE, "right_side", "", "", {"replica_identity": "i"}),
    (Kind.TABLE, "other_heap", "", "", {"access_method": "torture_heap"}),
    (Kind.INDEX, "right_side_replica", "", "", {"replica_identity": True}),
    (Kind.INDEX, "users_pkey", "", "", {"clustered": True, "primary": True, "definition": ""}),
    (Kind.INDEX, "users_name_lower", "", "", {"statistics": ((1, 777),), "comment": "an index's comment"}),
    (Kind.INDEX, "users_name_lower", "", "", {"columns": (None, "score", "sorted", "joined"), "unique": False}),
    (Kind.INDEX, "users_joined_brin", "", "", {"method": "brin", "options": (Option("pages_per_range", "16"),)}),
    (Kind.INDEX, "events_only", "", "", {"valid": False}),
    (Kind.INDEX, "events_2024_region", "", "", {"parent": Key(Kind.INDEX, "app", "events_only")}),
    (Kind.INDEX, "serials_code_big_id_key", "", "", {"options": (Option("fillfactor", "60"),)}),
    (Kind.CONSTRAINT, "users_email_key", "users", "", {"type": "u", "deferrable": True, "deferred": True}),
    (Kind.CONSTRAINT, "users_email_key", "users", "", {"index": Key(Kind.INDEX, "app", "users_email_key")}),
    (Kind.CONSTRAINT, "score is sane", "users", "", {"comment": "a constraint's comment", "columns": ("score",)}),
    (Kind.CONSTRAINT, "not_checked_below", "users", "", {"no_inherit": True}),
    (Kind.CONSTRAINT, "unchecked", "users", "", {"validated": False}),
    (Kind.CONSTRAINT, "no_overlap", "orders", "", {"type": "x", "deferrable": True}),
    (Kind.CONSTRAINT, "later", "orders", "", {"validated": False, "references": USERS, "columns": ("user_id",)}),
    (Kind.CONSTRAINT, "named", "fish", "", {"local": False, "inherited": 1}),
    (
        Kind.CONSTRAINT,
        "events_2024_pkey",
        "events_2024",
        "",
        {"parent": Key(Kind.CONSTRAINT, "app", "events_pkey", "events"), "local": False},
    ),
    (Kind.STATISTICS, "user_stats", "", "", {"target": 300, "owner": "torture_owner", "comment": "they go together"}),
    (
        Kind.VIEW,
        "user_list",
        "",
        "",
        {"options": (Option("security_barrier", "true"), Option("check_option", "cascaded"))},
    ),
    (Kind.VIEW, "user_list", "", "", {"grants": (Grant("torture_reader", "SELECT"),)}),
    (Kind.MATERIALIZED_VIEW, "summary", "", "", {"populated": False, "options": (Option("fillfactor", "90"),)}),
    (Kind.MATERIALIZED_VIEW, "filled", "", "", {"populated": True, "definition": " SELECT 1 AS one"}),
    (Kind.RULE, "no deletes", "left_side", "", {"enabled": "D", "comment": "a rule's comment"}),
    (Kind.TRIGGER, "touch_users", "users", "", {"enabled": "A", "function": Key(Kind.FUNCTION, "app", "touch")}),
    (Kind.TRIGGER, 'After "All"', "orders", "", {"enabled": "R"}),
    (Kind.TRIGGER, "checked_late", "orders", "", {"constraint": True}),
    (Kind.TRIGGER, "instead", "user_list", "", {"table": Key(Kind.VIEW, "app", "user_list")}),
    (
        Kind.TRIGGER,
        "on_events",
        "events_2024",
        "",
        {"parent": Key(Kind.TRIGGER, "app", "on_events", "events"), "enabled": "D"},
    ),
    (Kind.POLICY, 'May "see"', "users", "", {"permissive": False, "command": "SELECT", "check": None}),
    (Kind.POLICY, 'May "see"', "users", "", {"roles": (ROLE, "torture_reader")}),
    (Kind.POLICY, "insert_only", "orders", "", {"roles": (), "using": None, "check": "true"}),
    (Kind.TYPE, "mood", "", "", {"labels": ("sad", "meh", "ok", "happy", 'it\'s "complicated"')}),
    (
        Kind.TYPE,
        "mood",
        "",
        "",
        {"revokes": (Grant("public", "USAGE"),), "grants": (Grant("torture_reader", "USAGE"),)},
    ),
    (Kind.TYPE, "empty_enum", "", "", {"labels": ()}),
    (Kind.TYPE, "empty_composite", "", "", {"attributes": ()}),
    (Kind.TYPE, "text_range", "", "", {"subtype": "text", "subtype_opclass": "pg_catalog.text_pattern_ops"}),
    (Kind.TYPE, "text_range", "", "", {"collation": 'pg_catalog."C"', "multirange": "app.many_texts"}),
    (Kind.TYPE, "float_range", "", "", {"subtype_diff": "app.float_distance", "subtype_opclass": ""}),
    (Kind.TYPE, "tiny", "", "", {"input": "app.tiny_in", "length": 4, "by_value": True, "alignment": "i"}),
    (Kind.TYPE, "tiny", "", "", {"category": "X", "preferred": True, "default": "7", "delimiter": ";"}),
    (Kind.DOMAIN, "email", "", "", {"base": "text", "not_null": True, "collation": 'pg_catalog."C"'}),
    (Kind.DOMAIN, "short_codes", "", "", {"base": "character varying(12)[]"}),
    (
        Kind.SEQUENCE,
        "Odd Sequence",
        "",
        "",
        {
            "options": SequenceOptions(
                type="smallint", start=21, increment=-3, minimum=-300, maximum=30, cache=5, cycle=True
            ),
            "owner": "torture_owner",
        },
    ),
    (Kind.SEQUENCE, "plain_seq", "", "", {"owned_by": Key(Kind.COLUMN, "app", "big", "serials"), "identity": False}),
    (Kind.FUNCTION, "plain", "", "integer, text", {"grants": (Grant("torture_reader", "EXECUTE", True),)}),
    (Kind.FUNCTION, "plain", "", "integer, text", {"revokes": (Grant("public", "EXECUTE"),), "volatility": "s"}),
    (Kind.FUNCTION, "plain", "", "text", {"language": "sql", "source": "SELECT a", "result": "text"}),
    (Kind.FUNCTION, "standard_body", "", "app.users", {"sql_body": True, "source": ""}),
    (Kind.FUNCTION, "my_window", "", "integer", {"type": "w"}),
    (Kind.PROCEDURE, "do_it", "", "integer, text", {"type": "p", "comment": "a procedure", "result": ""}),
    (Kind.EVENT_TRIGGER, "torture_ddl", "", "", {"event": "ddl_command_end", "tags": ("CREATE TABLE", "DROP TABLE")}),
    (Kind.EVENT_TRIGGER, "torture_drop", "", "", {"enabled": "D", "function": "app.on_ddl"}),
    (Kind.CAST, "app.mood AS integer", "", "", {"context": "a", "method": "f", "comment": "a cast's comment"}),
    (Kind.CAST, "app.tiny AS integer", "", "", {"context": "i", "method": "b", "function": ""}),
    (Kind.OPERATOR, "<", "", "app.tiny, app.tiny", {"commutator": "app.>", "restrict": "scalarltsel"}),
    (Kind.OPERATOR, "=", "", "app.tiny, app.tiny", {"hashes": True, "merges": True}),
    (Kind.OPERATOR, "!!", "", "NONE, app.tiny", {"left": "", "function": "app.tiny_hash"}),
    (Kind.OPERATOR_CLASS, "tiny_ops", "", "btree", {"default": True, "family": "app.tiny_family"}),
    (Kind.ACCESS_METHOD, "torture_heap", "", "", {"type": "t", "handler": "heap_tableam_handler"}),
    (Kind.COLLATION, "plain_order", "", "", {"provider": "c", "collate": "C"}),
    (Kind.CONVERSION, "my_conversion", "", "", {"source": "LATIN1", "target": "UTF8", "default": True}),
    (Kind.LANGUAGE, "torture_language", "", "", {"trusted": True, "grants": (Grant("torture_reader", "USAGE"),)}),
    (Kind.TRANSFORM, "app.mood", "", "torture_language", {"from_sql": "app.from_sql(internal)", "to_sql": ""}),
    (Kind.TEXT_SEARCH_PARSER, "my_parser", "", "", {"start": "prsd_start", "headline": "prsd_headline"}),
    (Kind.TEXT_SEARCH_TEMPLATE, "my_template", "", "", {"lexize": "dsimple_lexize", "init": "dsimple_init"}),
    (Kind.TEXT_SEARCH_DICTIONARY, "my_dictionary", "", "", {"template": "pg_catalog.simple"}),
    (
        Kind.TEXT_SEARCH_CONFIGURATION,
        "my_search",
        "",
        "",
        {
            "mappings": (
                ("asciiword", ("app.my_dictionary", "pg_catalog.simple")),
                ("int", ("pg_catalog.simple",)),
                ("word", ("app.my_dictionary", "pg_catalog.simple")),
            )
        },
    ),
    (
        Kind.FOREIGN_DATA_WRAPPER,
        "torture_fdw",
        "",
        "",
        {"options": (Option("debug", "true"), Option("Odd Option", "it's"))},
    ),
    (Kind.SERVER, "Torture Server", "", "", {"wrapper": "torture_fdw", "type": "a type", "version": "1.2"}),
    (
        Kind.FOREIGN_TABLE,
        "far_away",
        "",
        "",
        {"server": "Torture Server", "fdw_options": (Option("table_name", "there"),)},
    ),
    (Kind.FOREIGN_TABLE, "far_fish", "", "", {"inherits": (Key(Kind.TABLE, "app", "fish"),)}),
    (Kind.PUBLICATION, "torture_all", "", "", {"all_tables": True, "operations": ("insert", "truncate")}),
    (Kind.PUBLICATION, "torture_some", "", "", {"owner": "torture_owner", "via_root": True}),
]
_WITHOUT_SCHEMA = {
    *(Kind.SCHEMA, Kind.EVENT_TRIGGER, Kind.CAST, Kind.ACCESS_METHOD, Kind.LANGUAGE, Kind.TRANSFORM),
    *(Kind.FOREIGN_DATA_WRAPPER, Kind.SERVER, Kind.PUBLICATION),
}


@pytest.mark.parametrize(("kind", "name", "parent", "args", "expected"), OBJECTS)
def test_objects(catalog: Catalog, kind: Kind, name: str, parent: str, args: str, expected: dict[str, object]) -> None:
    schema = "" if kind in _WITHOUT_SCHEMA else "app"
    attributes(found(catalog, kind, name, parent, args, schema), **expected)


DEFINITIONS: list[tuple[Kind, str, str, str]] = [
    (Kind.INDEX, "users_name_lower", "", "INCLUDE (joined) WITH (fillfactor='80', deduplicate_items=off) WHERE"),
    (Kind.INDEX, 'Users "by" score.x', "", 'CREATE UNIQUE INDEX "Users ""by"" score.x" ON app.users'),
    (Kind.CONSTRAINT, "one_event", "orders", "MATCH FULL ON DELETE RESTRICT"),
    (Kind.CONSTRAINT, "no_overlap", "orders", "EXCLUDE USING gist (during WITH &&) WHERE"),
    (Kind.CONSTRAINT, "later", "orders", "ON DELETE SET DEFAULT NOT VALID"),
    (Kind.STATISTICS, "Expression Stats", "", 'CREATE STATISTICS app."Expression Stats" (mcv) ON'),
    (Kind.VIEW, "counting", "", "WITH RECURSIVE"),
    (Kind.RULE, "insert_user", "joined_view", "ON INSERT TO app.joined_view DO INSTEAD"),
    (Kind.TRIGGER, "touch_users", "users", "BEFORE INSERT OR UPDATE OF name, mood ON app.users"),
    (Kind.TRIGGER, 'After "All"', "orders", "REFERENCING OLD TABLE AS before NEW TABLE AS after"),
    (Kind.TRIGGER, "checked_late", "orders", "FROM app.users DEFERRABLE INITIALLY DEFERRED"),
]


@pytest.mark.parametrize(("kind", "name", "parent", "text"), DEFINITIONS)
def test_definitions_are_the_servers_own_and_qualified(
    catalog: Catalog, kind: Kind, name: str, parent: str, text: str
) -> None:
    assert text in found(catalog, kind, name, parent).definition
