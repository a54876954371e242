"""Random things that tables are made of: types, functions, sequences, operators, aggregates, casts."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from tests.drift.inventing.things import SHARED, Kind, Values, maybe, shared, some

_LABELS = st.lists(some("red", "green", "blue", "old"), min_size=1, max_size=4, unique=True)
_BASE = some("integer", "text", "varchar(5)", "numeric", "k1", "k2")


def _enum(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE TYPE {name} AS ENUM ({values['labels']})"
    yield from shared("TYPE", name, values, "USAGE")


def _composite(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE TYPE {name} AS ()"
    for each in "xyz":
        if values[each]:
            yield f"ALTER TYPE {name} ADD ATTRIBUTE {each} {values[each]}"
    yield from shared("TYPE", name, values, "USAGE")


def _domain(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE DOMAIN {name} AS {values['base']}"
    if values["default"]:
        yield f"ALTER DOMAIN {name} SET DEFAULT {values['default']}"
    if values["null"]:
        yield f"ALTER DOMAIN {name} SET NOT NULL"
    if values["check"]:
        yield f"ALTER DOMAIN {name} ADD CONSTRAINT ok CHECK ({values['check']})"
    yield from shared("DOMAIN", name, values, "USAGE")


def _range(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE TYPE {name} AS RANGE (SUBTYPE = {values['subtype']})"
    yield from shared("TYPE", name, values, "USAGE")


def _sequence(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE SEQUENCE {name} {values['type']} {values['step']} {values['rest']}"
    yield from shared("SEQUENCE", name, values, "USAGE")


def _function(name: str, values: Values) -> Iterable[str]:
    takes = values["takes"]
    yield (
        f"CREATE FUNCTION {name}({values['argument']} {takes} {values['default']}) RETURNS {values['gives']}"
        f" LANGUAGE {values['language']} {values['volatile']} {values['strict']} {values['cost']}"
        f" AS $$ {_body(values)} $$"
    )
    if values["over"]:
        yield f"CREATE FUNCTION {name}({values['over']}) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'"
    yield from shared("FUNCTION", f"{name}({takes})", values, "EXECUTE")


def _body(values: Values) -> str:
    inner = f"(SELECT {values['body']})::{values['gives']}"
    return f"SELECT {inner}" if values["language"] == "sql" else f"BEGIN RETURN {inner}; END"


def _reading(name: str, values: Values) -> Iterable[str]:
    """Write a function with a body that the server looks into."""
    gives = values["gives"]
    yield f"CREATE FUNCTION {name}() RETURNS {gives} LANGUAGE sql STABLE BEGIN ATOMIC SELECT {values['body']}; END"
    yield from shared("FUNCTION", f"{name}()", values, "EXECUTE")


def _procedure(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE PROCEDURE {name}({values['takes']}) LANGUAGE sql AS $$ SELECT {values['body']} $$"
    yield from shared("PROCEDURE", f"{name}({values['takes']})", values, "EXECUTE")


def _aggregate(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE FUNCTION {name}_step(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2'"
    yield f"CREATE AGGREGATE {name}(integer) (SFUNC = {name}_step, STYPE = integer {values['rest']})"
    yield from shared("AGGREGATE", f"{name}(integer)", values)


def _operator(name: str, values: Values) -> Iterable[str]:
    sign = f"n.{values['sign']}"
    yield f"CREATE OPERATOR {sign} (FUNCTION = {values['function']}, LEFTARG = {values['left']}, RIGHTARG = integer)"
    yield from shared("OPERATOR", f"{sign} ({values['left']}, integer)", values)


def _cast(name: str, values: Values) -> Iterable[str]:
    yield f"CREATE CAST ({values['source']} AS {values['target']}) WITH INOUT {values['context']}"


ENUM = Kind("enum", {"labels": _LABELS.map(lambda some: ", ".join(f"'{each}'" for each in some)), **SHARED}, _enum)
COMPOSITE = Kind(
    "composite",
    {
        "x": some("integer", "text", "bigint", ""),
        "y": maybe("k1", "text[]", "varchar(3)"),
        "z": maybe("k2", 'text COLLATE "C"'),
        **SHARED,
    },
    _composite,
)
DOMAIN = Kind(
    "domain",
    {
        "base": _BASE,
        "default": maybe("1", "'x'", "f1(1)", "f2('y')"),
        "null": maybe("yes"),
        "check": maybe(
            "VALUE IS NOT NULL", "VALUE::text <> 'x'", "f2(VALUE::text) <> ''", "f1((VALUE::text)::int) > 0"
        ),
        **SHARED,
    },
    _domain,
)
RANGE = Kind("range", {"subtype": some("integer", "date", "text"), **SHARED}, _range)
SEQUENCE = Kind(
    "sequence",
    {
        "type": some("", "AS integer", "AS smallint"),
        "step": some("", "INCREMENT 2", "INCREMENT -1", "START 5"),
        "rest": some("", "CYCLE", "CACHE 10", "MINVALUE 1 MAXVALUE 100"),
        **SHARED,
    },
    _sequence,
)
FUNCTION = Kind(
    "function",
    {
        "argument": some("x", "y", ""),
        "takes": some("integer", "text", "k1", "anyelement"),
        "over": some("", "integer", "text", "integer", "text"),
        "default": maybe("DEFAULT NULL"),
        "gives": some("integer", "text", "k1", "boolean"),
        "language": some("sql", "plpgsql"),
        "volatile": some("IMMUTABLE", "IMMUTABLE", "STABLE", "VOLATILE"),
        "strict": maybe("STRICT", "LEAKPROOF", "SECURITY DEFINER"),
        "cost": maybe("COST 5", "SET search_path TO ''", "PARALLEL SAFE"),
        "body": some("1", "NULL", "2"),
        **SHARED,
    },
    _function,
)
READING = Kind(
    "reading function",
    {
        "gives": some("bigint", "integer", "SETOF bigint"),
        "body": some(
            "count(*) FROM r1", "count(a) FROM r2", "count(b) FROM r3", "f1(1)", "count(*) FROM r1 JOIN r2 USING (a)"
        ),
        **SHARED,
    },
    _reading,
)
PROCEDURE = Kind("procedure", {"takes": some("integer", "text"), "body": some("1", "2"), **SHARED}, _procedure)
AGGREGATE = Kind(
    "aggregate", {"rest": some("", ", INITCOND = '0'", ", PARALLEL = safe"), "comment": SHARED["comment"]}, _aggregate
)
OPERATOR = Kind(
    "operator",
    {
        "sign": some("###", "~~~"),
        "function": some("int4pl", "int4mi", "x1_step"),
        "left": some("integer"),
        "comment": SHARED["comment"],
        "owner": SHARED["owner"],
    },
    _operator,
)
CAST = Kind(
    "cast",
    {
        "source": some("k1", "k2", "r1"),
        "target": some("integer", "bigint", "k2"),
        "context": some("", "AS ASSIGNMENT", "AS IMPLICIT"),
    },
    _cast,
)
