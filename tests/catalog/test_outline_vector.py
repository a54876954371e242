"""A database with pgvector: a schema's own things do not drown in the extension's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.catalog import extension, outline, search
from console.catalog.entries import Entry, Outline
from console.catalog.model import Kind
from console.catalog.search import Fit
from console.config.profile import Target
from console.db.session import Session

_MADE = """
CREATE SCHEMA {schema};
CREATE EXTENSION vector WITH SCHEMA {schema};
CREATE TABLE public.vector_store (id integer PRIMARY KEY, my_vector {schema}.vector(3));
CREATE INDEX ON public.vector_store USING hnsw (my_vector {schema}.vector_cosine_ops);
CREATE FUNCTION public.vector_near({schema}.vector) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.my_vector_sum() RETURNS integer LANGUAGE sql AS 'SELECT 1';
"""


async def _read(target: Target) -> Outline:
    async with await Session.open(target, what="test") as session:
        return await outline.read(session)


@pytest.fixture
async def beside(make_database: Callable[..., Target]) -> Outline:
    """Return the outline of a database with the extension in public, where the rest is."""
    return await _read(make_database(_MADE.format(schema="public").replace("CREATE SCHEMA public;", "")))


@pytest.fixture
async def apart(make_database: Callable[..., Target]) -> Outline:
    """Return the outline of a database with the extension in a schema of its own."""
    return await _read(make_database(_MADE.format(schema="extensions")))


def _schema(tree: Outline, name: str) -> Entry:
    return next(entry for entry in tree.schemas if entry.name == name)


def test_a_schema_has_its_own(beside: Outline) -> None:
    assert dict(beside.kinds(_schema(beside, "public"))) == {Kind.FUNCTION: 2, Kind.TABLE: 1}
    kinds = dict(beside.member_kinds("vector"))
    assert kinds[Kind.TYPE] == 3
    assert kinds[Kind.FUNCTION] > 80
    assert {Kind.OPERATOR, Kind.OPERATOR_CLASS, Kind.OPERATOR_FAMILY, Kind.AGGREGATE} <= set(kinds)
    assert beside.extensions_in(_schema(beside, "public")) == ("vector",)


def test_a_schema_for_extensions_has_nothing_of_its_own(apart: Outline) -> None:
    assert apart.kinds(_schema(apart, "extensions")) == ()
    assert apart.extensions_in(_schema(apart, "extensions")) == ("vector",)
    assert apart.extensions_in(_schema(apart, "public")) == ()


def test_ones_own_are_found_first(beside: Outline) -> None:
    hits = search.find(beside, "vec", limit=40)
    found = [hit.entry.extension for hit in hits]
    own = [hit.entry.name for hit in hits if not hit.entry.extension]
    assert {"vector", "vector_store", "vector_near", "my_vector", "my_vector_sum"} <= set(own)
    inside = [place for place, hit in enumerate(hits) if not hit.entry.extension and hit.fit <= Fit.INSIDE]
    assert max(inside) < found.index("vector")


def test_ones_own_is_found_first_by_its_path(beside: Outline) -> None:
    hits = [hit.entry for hit in search.find(beside, "public.vec", limit=6)]
    assert [hit.extension for hit in hits[:2]] == ["", ""]
    assert {"vector_store", "vector_near"} == {hit.name for hit in hits[:2]}


def test_a_name_said_in_full_is_found_at_once(beside: Outline) -> None:
    first, *_ = search.find(beside, "l2_distance")
    assert (first.entry.name, first.entry.extension, first.fit) == ("l2_distance", "vector", Fit.EXACT)
    exact = [hit.entry for hit in search.find(beside, "vector") if hit.fit is Fit.EXACT]
    assert (exact[0].kind, exact[0].extension) == (Kind.EXTENSION, "")
    assert (Kind.TYPE, "vector") in {(hit.kind, hit.extension) for hit in exact}


async def test_its_members_have_the_names_of_sql(make_database: Callable[..., Target]) -> None:
    target = make_database("CREATE EXTENSION vector")
    async with await Session.open(target, what="test") as session:
        tree = await outline.read(session)
        (entry,) = (each for each in tree.children(None, Kind.EXTENSION) if each.name == "vector")
        found = await extension.read(session, entry.oid)
    assert found is not None
    assert found.head.schema == "public"
    names = {(each.kind, each.name) for each in found.members}
    assert ("cast", "(public.vector AS public.halfvec)") in names
    assert ("access method", "hnsw") in names
    assert ("function", "public.l2_distance(public.vector,public.vector)") in names
    in_tree = dict(tree.member_kinds("vector"))
    assert {kind: number for kind, number in found.kinds if kind not in ("cast", "access method")} == in_tree
