"""Random parts of tables, publications, and changes by hand after everything is made."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from tests.drift.inventing.expressions import COLUMN, CONDITION, EXPRESSION, RELATIONS
from tests.drift.inventing.things import SHARED, Kind, Values, maybe, shared, some

_ON = some(*RELATIONS)


def _index(name: str, values: Values) -> Iterable[str]:
    keys = f"({values['key']}) {values['order']}" if values["method"] == "btree" else f"({values['key']})"
    second = f", {values['second']}" if values["second"] else ""
    yield (
        f"CREATE {values['unique']} INDEX {name} ON {values['only']} {values['on']} USING {values['method']}"
        f" ({keys}{second}) {values['include']} {values['with']} {values['where']}"
    )
    yield f"CREATE INDEX {name} ON {values['on']} (a)"  # where the server has refused the other
    yield from shared("INDEX", values["on"].rpartition(".")[0] + "." * ("." in values["on"]) + name, values)
    if values["mark"]:
        yield f"ALTER TABLE {values['on']} {values['mark']} {name}"


def _trigger(name: str, values: Values) -> Iterable[str]:
    yield (
        f"CREATE {values['constraint']} TRIGGER {name} {values['when']} ON {values['on']}"
        f" {values['referencing']} FOR EACH {values['each']} {values['if']} EXECUTE FUNCTION {values['function']}()"
    )
    yield f"CREATE TRIGGER {name} BEFORE UPDATE OF a ON {values['on']} FOR EACH ROW EXECUTE FUNCTION t1()"
    if values["enabled"]:
        yield f"ALTER TABLE {values['on']} {values['enabled']} TRIGGER {name}"
    if values["comment"]:
        yield f"COMMENT ON TRIGGER {name} ON {values['on']} IS {values['comment']}"


def _policy(name: str, values: Values) -> Iterable[str]:
    yield (
        f"CREATE POLICY {name} ON {values['on']} AS {values['as']} FOR {values['for']} TO {values['to']}"
        f" USING ({values['using']})"
    )
    yield f"CREATE POLICY {name} ON {values['on']} USING (a IS NULL)"
    if values["comment"]:
        yield f"COMMENT ON POLICY {name} ON {values['on']} IS {values['comment']}"


def _rule(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE RULE {name} AS ON {values['event']} TO {values['on']} {values['where']} DO {values['do']}"


def _statistics(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE STATISTICS {name} {values['kinds']} ON a, {values['second']} FROM {values['on']}"
    yield f"CREATE STATISTICS {name} ON a, b FROM {values['on']}"
    if values["target"]:
        yield f"ALTER STATISTICS {name} SET STATISTICS {values['target']}"
    yield from shared("STATISTICS", name, values)


def _trigger_function(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {values['body']} END $$"
    yield from shared("FUNCTION", f"{name}()", values, "EXECUTE")


def _publication(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE PUBLICATION {name} FOR {values['what']} {values['with']}"
    if values["comment"]:
        yield f"COMMENT ON PUBLICATION {name} IS {values['comment']}"


def _afterwards(name: str, values: Values) -> Iterable[str]:
    yield f"ALTER TABLE {values['on']} {values['does']}"


def _moved(name: str, values: Values) -> Iterable[str]:
    yield f"ALTER {values['what']} {values['to']}"


def _ownership(name: str, values: Values) -> Iterable[str]:
    yield f"ALTER SEQUENCE {values['sequence']} OWNED BY {values['on']}.{values['column']}"


def _defaults(name: str, values: Values) -> Iterable[str]:
    yield f"ALTER DEFAULT PRIVILEGES {values['for']} {values['in']} {values['does']}"


INDEX = Kind(
    "index",
    {
        "unique": maybe("UNIQUE"),
        "only": some("", "", "", "ONLY"),
        "on": _ON,
        "method": some("btree", "btree", "hash", "gin", "brin"),
        "key": EXPRESSION,
        "order": some("", "DESC", "NULLS FIRST", "text_pattern_ops", 'COLLATE "C"'),
        "second": st.one_of(some(""), COLUMN),
        "include": maybe("INCLUDE (a)", "NULLS NOT DISTINCT"),
        "with": maybe("WITH (fillfactor = 60)"),
        "where": st.one_of(some(""), CONDITION.map(lambda text: f"WHERE {text}")),
        "mark": maybe("CLUSTER ON", "REPLICA IDENTITY USING INDEX", "ADD CONSTRAINT taken UNIQUE USING INDEX"),
        "comment": SHARED["comment"],
    },
    _index,
)
TRIGGER_FUNCTION = Kind("trigger function", {"body": some("RETURN NEW;", "RETURN NULL;"), **SHARED}, _trigger_function)
TRIGGER = Kind(
    "trigger",
    {
        "constraint": some("", "", "", "CONSTRAINT"),
        "when": some("BEFORE INSERT", "AFTER UPDATE", "AFTER UPDATE OF a, b", "INSTEAD OF INSERT", "AFTER INSERT"),
        "on": _ON,
        "referencing": some("", "", "", "REFERENCING NEW TABLE AS new_rows"),
        "each": some("ROW", "STATEMENT"),
        "if": st.one_of(some("", ""), CONDITION.map(lambda text: f"WHEN ({text.replace('(', '(NEW.', 1)})")),
        "function": some("t1", "t2"),
        "enabled": maybe("DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA"),
        "comment": SHARED["comment"],
    },
    _trigger,
)
POLICY = Kind(
    "policy",
    {
        "on": _ON,
        "as": some("PERMISSIVE", "RESTRICTIVE"),
        "for": some("ALL", "SELECT", "DELETE", "UPDATE"),
        "to": some("PUBLIC", "drift_a", "drift_b", "drift_a, drift_b"),
        "using": CONDITION,
        "comment": SHARED["comment"],
    },
    _policy,
)
RULE = Kind(
    "rule",
    {
        "event": some("INSERT", "UPDATE", "DELETE"),
        "on": _ON,
        "where": some("", "", "WHERE OLD.a IS NULL"),
        "do": some("NOTHING", "INSTEAD NOTHING", "ALSO SELECT h1()", "ALSO INSERT INTO r1 (b) VALUES ('x')"),
    },
    _rule,
)
STATISTICS = Kind(
    "statistics",
    {"kinds": some("", "(ndistinct)"), "second": EXPRESSION, "on": _ON, "target": maybe("10"), **SHARED},
    _statistics,
)
PUBLICATION = Kind(
    "publication",
    {
        "what": some(
            *("TABLE r1", "TABLE r1, r2", "TABLE r1 (a, b)", "TABLE r2 WHERE (a IS NOT NULL)", "ALL TABLES"),
            *("TABLES IN SCHEMA n", "TABLE r3, TABLES IN SCHEMA n"),
        ),
        "with": maybe("WITH (publish = 'insert')", "WITH (publish_via_partition_root = true)"),
        "comment": SHARED["comment"],
    },
    _publication,
)
AFTERWARDS = Kind(
    "afterwards",
    {
        "on": _ON,
        "does": some(
            *(
                "DROP COLUMN b",
                "DROP COLUMN c CASCADE",
                "ALTER a DROP NOT NULL",
                "NO INHERIT r1",
                "DETACH PARTITION r3",
            ),
            *("INHERIT r1", "ATTACH PARTITION r4 DEFAULT", "RENAME COLUMN b TO bb", "DISABLE TRIGGER ALL"),
            *("ALTER a TYPE bigint", "ADD COLUMN f r1", "OF k2", "SET TABLESPACE pg_default", "ADD COLUMN f k2[]"),
            *(
                "DROP CONSTRAINT check1",
                "RENAME CONSTRAINT check1 TO checked",
                "ALTER b SET DEFAULT 'z'",
                "ADD f serial",
            ),
            *(
                "VALIDATE CONSTRAINT r1_foreign",
                "ALTER c TYPE text USING c::text",
                "ADD CHECK (a IS NOT NULL) NOT VALID",
            ),
        ),
    },
    _afterwards,
)
OWNERSHIP = Kind("ownership", {"sequence": some("q1", "n.q2"), "on": _ON, "column": some("a", "e")}, _ownership)
DEFAULTS = Kind(
    "default privileges",
    {
        "for": some("", "FOR ROLE drift_a"),
        "in": some("", "IN SCHEMA n", "IN SCHEMA public"),
        "does": some(
            "GRANT SELECT ON TABLES TO drift_b",
            "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
            "GRANT USAGE ON TYPES TO drift_b",
        ),
    },
    _defaults,
)
MOVED = Kind(
    "moved",
    {
        "what": some(
            *("TABLE r1", "TABLE r2", "TABLE r3", "TABLE r4", "TYPE k1", "TYPE k2", "DOMAIN k2", "SEQUENCE q1"),
            *("ROUTINE f1", "ROUTINE f2", "SCHEMA n", "TABLE n.r5", "ROUTINE h1", "INDEX i1", "ROUTINE t1"),
            *(
                "MATERIALIZED VIEW r4",
                "VIEW r3",
                "OPERATOR CLASS o2 USING btree",
                "COLLATION l1",
                "AGGREGATE x1(integer)",
            ),
        ),
        "to": some("RENAME TO moved", "SET SCHEMA n", "SET SCHEMA m", "RENAME TO r9", "OWNER TO drift_a"),
    },
    _moved,
)
