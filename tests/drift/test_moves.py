"""What differs by its schema alone is moved there, unasked; where that is not sure, it is dropped and made."""

from __future__ import annotations

import pytest

from console.catalog.compare import Action
from console.drift.lines import lines
from tests.databases import Databases
from tests.drift import judging
from tests.drift.test_part import drift_of

_HOMES = "CREATE SCHEMA s; CREATE SCHEMA n; "


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        pytest.param(
            "CREATE TABLE s.t (id serial PRIMARY KEY); CREATE TYPE s.k AS ENUM ('x'); CREATE FUNCTION s.f(s.t, s.k)"
            " RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION s.f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE TABLE n.t (id serial PRIMARY KEY); CREATE TYPE n.k AS ENUM ('x'); CREATE FUNCTION n.f(n.t, n.k)"
            " RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION n.f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
            ["TABLE s.t", "TYPE s.k", "FUNCTION s.f(n.t, n.k)", "FUNCTION s.f(text)"],
            id="types before the routines that name them",
        ),
        pytest.param(
            "CREATE DOMAIN s.d AS text DEFAULT 's.d' CHECK (VALUE <> 's.q'); CREATE SEQUENCE s.q;"
            "CREATE VIEW s.\"a \"\"b\" AS SELECT nextval('s.q'), '''s.q'::s.d",
            "CREATE DOMAIN n.d AS text DEFAULT 's.d' CHECK (VALUE <> 's.q'); CREATE SEQUENCE n.q;"
            "CREATE VIEW n.\"a \"\"b\" AS SELECT nextval('n.q'), '''s.q'::n.d",
            ["DOMAIN s.d", "SEQUENCE s.q", 'VIEW s."a ""b"'],
            id="a text that reads as a name is none",
        ),
        pytest.param("CREATE TABLE s.t (a int)", "CREATE TABLE n.t (a int, b int)", [], id="other columns"),
        pytest.param("CREATE TABLE s.t (a int)", "CREATE TABLE n.t (a int); CREATE TABLE t (a int)", [], id="two fit"),
        pytest.param(
            "CREATE TABLE s.t (a int PRIMARY KEY); CREATE SEQUENCE n.t_pkey",
            "CREATE TABLE n.t (a int PRIMARY KEY)",
            [],
            id="the name of its index is taken",
        ),
        pytest.param(
            "CREATE TABLE s.t (a int); CREATE FUNCTION s.t() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE TABLE n.t (a int); CREATE FUNCTION s.t() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            [],
            id="what shares its name stays",
        ),
        pytest.param(
            "CREATE TABLE s.t (a int); CREATE VIEW s.v AS SELECT a FROM s.t",
            "CREATE TABLE n.t (a bigint); CREATE VIEW n.v AS SELECT a FROM n.t",
            [],
            id="a view that would be made anew there",
        ),
        pytest.param(
            "CREATE TYPE s.r AS RANGE (SUBTYPE = int)", "CREATE TYPE n.r AS RANGE (SUBTYPE = int)", [], id="a range"
        ),
    ],
)
async def test_what_is_sure_is_moved(databases: Databases, before: str, after: str, moved: list[str]) -> None:
    one, two = databases.loaded(_HOMES + before), databases.loaded(_HOMES + after)
    try:
        a, b = [await judging.look(databases, target, dumped=False) for target in (one, two)]
        found = drift_of(a, b).plan
        said = [each.text for each in found.statements if each.action is Action.RENAME]
        assert said == [f"ALTER {each} SET SCHEMA n" for each in moved]
        assert not await judging.judge(databases, a, b)
    finally:
        for target in (one, two):
            databases.drop(target)


async def test_a_move_is_told_with_what_else_changes(databases: Databases) -> None:
    one = databases.loaded("CREATE TABLE t (a int)")
    two = databases.loaded("CREATE SCHEMA n; CREATE TABLE n.t (a int); COMMENT ON TABLE n.t IS 'new'")
    try:
        a, b = [await judging.look(databases, target, dumped=False) for target in (one, two)]
        told = {each.name: each.details for each in lines(drift_of(a, b))}
        assert told["n.t"] == ("schema: public, now n", "comment: nothing, now new")
    finally:
        for target in (one, two):
            databases.drop(target)
