"""Types, columns and expressions that random things speak of."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.drift.inventing.things import some

NAMES = ("a", "b", "c", "d", "e")
RELATIONS = ("r1", "r2", "r3", "r4", "n.r5")
OWN = ("k1", "k2", "n.k3")

TYPES = {
    "a": some("integer", "integer", "integer", "bigint", "smallint", "text", "k1"),
    "b": some("text", "text", "varchar(10)", "varchar(20)", "char(3)", "k1", "integer"),
    "c": some("k1", "k1", "k2", "n.k3", "k1[]", "k2[]", "r1", "text"),
    "d": some("timestamptz", "date", "uuid", "jsonb", "text", "integer[]", "int4range"),
    "e": some("numeric(8,2)", "numeric", "double precision", "bigint", "boolean", "k2"),
}
COLUMN = some(*NAMES)


def of_column(column: str) -> SearchStrategy[str]:
    """Draw an expression over one column."""
    return st.sampled_from(_EXPRESSIONS).map(lambda text: text.format(c=column))


_EXPRESSIONS = (
    "{c}", "{c}", "({c}::text)", "lower({c}::text)",
    "coalesce({c}::text, 'x')", "f1(({c}::text)::integer)", "f2({c}::text)", "n.f3({c})",
    "(({c}::text)::k1)", "md5({c}::text)", "h1()",
)  # fmt: skip
EXPRESSION: SearchStrategy[str] = COLUMN.flatmap(of_column)

_CONDITIONS = (
    "{c} IS NOT NULL", "({c}::text) <> 'x'", "({c}::text) <> 'y'", "{c} IS NULL",
    "f2({c}::text) <> ''", "f1(({c}::text)::integer) > 0", "{c} = {c}",
    "({c}::text)::k1 IS NOT NULL", "n.f3({c}) IS NOT NULL",
    "EXISTS (SELECT FROM r2 WHERE r2.a IS NOT NULL)",
    "h1() > 0",
)  # fmt: skip
CONDITION = COLUMN.flatmap(lambda name: st.sampled_from(_CONDITIONS).map(lambda text: text.format(c=name)))

DEFAULTS = {
    "a": ("1", "2", "nextval('q1')", "nextval('n.q2')", "f1(1)", "f1(2) + 1", "h1()"),
    "b": ("'x'", "'y'::text", "f2('x')", "current_user"),
    "c": ("NULL::k1", "(enum_first(NULL::k1))", "'red'", "'red'::k1", "'1'::k2"),
    "d": ("now()", "gen_random_uuid()", "'{}'"),
    "e": ("0", "f1(1)", "1.5"),
}
