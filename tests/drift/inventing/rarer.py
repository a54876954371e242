"""Random things that few schemas have: collations, foreign data, text search, operator classes, event triggers."""

from __future__ import annotations

from collections.abc import Iterable

from tests.drift.inventing.things import SHARED, Kind, Values, maybe, shared, some


def _collation(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE COLLATION {name} (PROVIDER = {values['provider']}, LOCALE = '{values['locale']}')"
    for table, column in (("r1", "b"), ("r2", "b")):
        if values[table]:
            yield f"ALTER TABLE {table} ALTER {column} TYPE text COLLATE {name}"
    if values["domain"]:
        yield f"CREATE DOMAIN {name}_text AS text COLLATE {name} {values['domain']}"
    if values["index"]:
        yield f"CREATE INDEX {name.rpartition('.')[2]}_index ON r1 ({values['index']} COLLATE {name})"
    yield from shared("COLLATION", name, values)


def _foreign(name: str, values: Values) -> Iterable[str]:
    wrapper, server = f"{name}_wrapper", f"{name}_server"
    yield f"CREATE FOREIGN DATA WRAPPER {wrapper} {values['wrapper']}"
    said = f"{values['type']} {values['version']} FOREIGN DATA WRAPPER {wrapper} {values['server']}"
    yield f"CREATE SERVER {server} {said}"
    if values["mapping"]:
        yield f"CREATE USER MAPPING FOR {values['mapping']} SERVER {server} OPTIONS (name 'x')"
    if values["table"]:
        yield f"CREATE FOREIGN TABLE {name} ({values['table']}) {values['place'].format(server)} {values['options']}"
    if values["privilege"]:
        yield f"GRANT USAGE ON FOREIGN {values['privilege'].format(wrapper=wrapper, server=server)}"
    if values["view"]:
        yield f"CREATE VIEW {name}_view AS SELECT {values['view']} FROM {name}"
    yield from shared("SERVER", server, {**values, "grant": ""})
    if values["grant"] and values["table"]:
        yield f"GRANT SELECT, UPDATE (a) ON {name} TO {values['grant']}"


def _search(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE TEXT SEARCH DICTIONARY {name}_words (TEMPLATE = {values['template']}{values['options']})"
    yield f"CREATE TEXT SEARCH CONFIGURATION {name} ({values['from']})"
    if values["mapping"]:
        yield f"ALTER TEXT SEARCH CONFIGURATION {name} {values['mapping'].format(name)}"
    if values["index"]:
        yield f"CREATE INDEX {name.rpartition('.')[2]}_index ON r1 USING gin (to_tsvector('{name}', b))"
    yield from shared("TEXT SEARCH CONFIGURATION", name, values)
    yield from shared("TEXT SEARCH DICTIONARY", f"{name}_words", {**values, "owner": ""})


def _operator_class(name: str, values: Values) -> Iterable[str]:
    bare = name.rpartition(".")[2]
    if values["family"]:
        yield f"CREATE OPERATOR FAMILY {name}_family USING {values['method']}"
    family = f"FAMILY {name}_family" if values["family"] else ""
    members = (
        "OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer)"
        if values["method"] == "btree"
        else "OPERATOR 1 =, FUNCTION 1 hashint4(integer)"
    )
    yield (
        f"CREATE OPERATOR CLASS {name} {values['default']} FOR TYPE {values['type']} USING {values['method']}"
        f" {family} AS {members}"
    )
    if values["index"]:
        yield f"CREATE INDEX {bare}_index ON r1 USING {values['method']} (a {name})"
    if values["family"] == "extended":
        yield (
            f"ALTER OPERATOR FAMILY {name}_family USING {values['method']}"
            " ADD FUNCTION 1 (bigint, bigint) "
            + ("btint8cmp" if values["method"] == "btree" else "hashint8")
            + ("(bigint, bigint)" if values["method"] == "btree" else "(bigint)")
        )
    yield from shared("OPERATOR CLASS", f"{name} USING {values['method']}", values)


def _event_trigger(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE FUNCTION {name}_seen() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN {values['body']} END $$"
    yield f"CREATE EVENT TRIGGER {name} ON {values['event']} {values['when']} EXECUTE FUNCTION {name}_seen()"
    if values["enabled"]:
        yield f"ALTER EVENT TRIGGER {name} {values['enabled']}"
    yield from shared("EVENT TRIGGER", name, values)


def _conversion(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE {values['default']} CONVERSION {name} FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8"
    yield from shared("CONVERSION", name, values)


def _language(name: str, values: Values) -> Iterable[str]:
    handlers = f"HANDLER plpgsql_call_handler {values['inline']} {values['check']}"
    yield f"CREATE {values['trusted']} LANGUAGE {name} {handlers}"
    if values["function"]:
        yield f"CREATE FUNCTION {name}_says() RETURNS integer LANGUAGE {name} AS $$ BEGIN RETURN 1; END $$"
    yield from shared("LANGUAGE", name, values, "USAGE")


COLLATION = Kind(
    "collation",
    {
        "provider": some("libc", "libc", "builtin"),
        "locale": some("C", "POSIX", "C.UTF-8"),
        "r1": maybe("yes"),
        "r2": maybe("yes"),
        "domain": maybe("NOT NULL", "CHECK (VALUE < 'z')"),
        "index": maybe("b", "(b || 'x')"),
        "comment": SHARED["comment"],
        "owner": SHARED["owner"],
    },
    _collation,
)
_COLUMNS = some(
    "a integer", "a integer NOT NULL, b text", "a bigint DEFAULT 1, b text OPTIONS (column_name 'x')", "a k1"
)
FOREIGN = Kind(
    "foreign data",
    {
        "wrapper": maybe("OPTIONS (debug 'true')", "NO HANDLER NO VALIDATOR"),
        "type": maybe("TYPE 'a'", "TYPE 'b'"),
        "version": maybe("VERSION '1'", "VERSION '2'"),
        "server": maybe("OPTIONS (host 'x')", "OPTIONS (host 'y', port '1')"),
        "mapping": maybe("PUBLIC", "drift_a"),
        "table": _COLUMNS,
        "place": some("SERVER {}"),
        "options": maybe("OPTIONS (schema_name 's')", "OPTIONS (schema_name 't', updatable 'f')"),
        "privilege": maybe("DATA WRAPPER {wrapper} TO drift_a", "SERVER {server} TO drift_b WITH GRANT OPTION"),
        "view": maybe("a", "*"),
        **SHARED,
    },
    _foreign,
)
SEARCH = Kind(
    "text search",
    {
        "template": some("simple", "simple", "synonym", "snowball"),
        "options": some("", ", ACCEPT = false", ", LANGUAGE = english"),
        "from": some('PARSER = "default"', "COPY = pg_catalog.simple", "COPY = english"),
        "mapping": maybe(
            "ADD MAPPING FOR email WITH {}_words",
            "ALTER MAPPING FOR word WITH {}_words, simple",
            "DROP MAPPING FOR host",
        ),
        "index": maybe("yes"),
        **SHARED,
    },
    _search,
)
OPERATOR_CLASS = Kind(
    "operator class",
    {
        "method": some("btree", "hash"),
        "type": some("integer"),
        "default": some(""),
        "family": maybe("plain", "extended"),
        "index": maybe("yes"),
        "comment": SHARED["comment"],
        "owner": SHARED["owner"],
    },
    _operator_class,
)
EVENT_TRIGGER = Kind(
    "event trigger",
    {
        "event": some("ddl_command_end", "ddl_command_start", "sql_drop", "table_rewrite"),
        "when": maybe("WHEN TAG IN ('CREATE SCHEMA')", "WHEN TAG IN ('CREATE SCHEMA', 'ALTER SCHEMA')"),
        "body": some("NULL;", "RAISE DEBUG 'seen';"),
        "enabled": maybe("DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS"),
        "comment": SHARED["comment"],
    },
    _event_trigger,
)
CONVERSION = Kind("conversion", {"default": maybe("DEFAULT"), **SHARED}, _conversion)
LANGUAGE = Kind(
    "language",
    {
        "trusted": some("", "TRUSTED"),
        "inline": maybe("INLINE plpgsql_inline_handler"),
        "check": maybe("VALIDATOR plpgsql_validator"),
        "function": maybe("yes"),
        **SHARED,
    },
    _language,
)
