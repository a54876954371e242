"""Renames are offered, and taken only when confirmed: then the rows stay and nothing is built anew."""

from __future__ import annotations

import pytest

from console.catalog import compare
from console.catalog.compare import Action
from console.drift.planning import renames
from console.drift.planning.planning import plan
from console.drift.wishes import Rename, Wishes
from console.errors import UsageError
from tests.databases import Databases
from tests.drift import judging

_BEFORE = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE SEQUENCE counter START 5;
CREATE TABLE users (id int PRIMARY KEY, mail text NOT NULL, m mood DEFAULT 'ok',
    CONSTRAINT mail_said CHECK (mail <> ''));
CREATE INDEX users_mail ON users (lower(mail)) WHERE mail <> 'x';
CREATE TABLE posts (id int, author int REFERENCES users (id));
CREATE VIEW mails AS SELECT id, mail FROM users;
CREATE FUNCTION first_mail() RETURNS text LANGUAGE sql AS 'SELECT mail FROM public.users';
"""
_MANY = {"public.users": "public.people", "public.people.mail": "public.people.email", "public.mood.ok": "fine"}


async def arrives(databases: Databases, before: str, after: str, given: dict[str, str]) -> list[str]:
    """Plan with renames until nothing is left, as the proof does; return the statements of the first round."""
    one, two = databases.loaded(before), databases.loaded(after)
    wishes = Wishes(renames=tuple(Rename(*pair) for pair in given.items()))
    try:
        goal = await judging.read(two)
        first: list[str] = []
        for _ in range(2):
            found = plan(await judging.read(one), goal, wishes=wishes)
            first = first or [each.text for each in found.statements]
            said = judging.run(databases, one, found)
            assert not said, said
        rest = compare.compare(await judging.read(one), goal)
        assert not [each for each in rest if each.action is not Action.REORDER]
        return first
    finally:
        databases.drop(one)
        databases.drop(two)


@pytest.mark.parametrize(
    ("given", "swaps"),
    [
        ({"public.users.mail": "email"}, {"mail text": "email text", "(mail": "(email", "WHERE mail": "WHERE email",
                                          "id, mail": "id, email", "SELECT mail": "SELECT email"}),
        ({"public.users": "public.people"}, {" users ": " people ", "FROM users": "FROM people",
                                             "public.users": "public.people"}),
        ({"public.mood.ok": "public.mood.fine"}, {"'ok'": "'fine'"}),
        ({"public.users_mail": "public.by_mail"}, {"INDEX users_mail": "INDEX by_mail"}),
        ({"public.counter": "public.count"}, {"SEQUENCE counter": "SEQUENCE count"}),
        ({"public.users.mail_said": "has_mail"}, {"mail_said": "has_mail"}),
        (_MANY, {" users ": " people ", "FROM users": "FROM people", "public.users": "public.people",
                 "mail text": "email text", "(mail": "(email", "WHERE mail": "WHERE email", "id, mail": "id, email",
                 "SELECT mail": "SELECT email", "'ok'": "'fine'"}),
    ],
    ids=["column", "table", "value", "index", "sequence", "constraint", "many"],
)  # fmt: skip
async def test_a_confirmed_rename_keeps_what_is_there(
    databases: Databases, given: dict[str, str], swaps: dict[str, str]
) -> None:
    after = _BEFORE
    for old, new in swaps.items():
        after = after.replace(old, new)
    assert after != _BEFORE
    texts = await arrives(databases, _BEFORE, after, given)
    assert "RENAME" in texts[0]
    kept = ("DROP TABLE", "DROP COLUMN", "CREATE TABLE", "CREATE INDEX", "ADD CONSTRAINT", "CREATE TYPE")
    assert not [text for text in texts if any(word in text for word in kept)]


async def test_a_column_is_renamed_in_partitions_and_heirs(databases: Databases) -> None:
    before = """
    CREATE TABLE p (a int, old int NOT NULL CHECK (old > 0)) PARTITION BY LIST (old);
    CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
    CREATE INDEX i ON p (old);
    CREATE TABLE q (old int NOT NULL);
    CREATE TABLE h (x int) INHERITS (q);
    """
    after = before.replace("old", "new")
    given = {"public.p.old": "new", "public.q.old": "new"}
    texts = await arrives(databases, before, after, given)
    assert not [text for text in texts if "DROP" in text or "CREATE" in text]


@pytest.mark.parametrize(
    ("before", "after", "offered"),
    [
        ("CREATE TABLE t (a int, mail text)", "CREATE TABLE t (a int, email text)",
         [("column", "public.t.mail", "public.t.email")]),
        ("CREATE TABLE t (a int, x text)", "CREATE TABLE t (a int, quite text)",
         [("column", "public.t.x", "public.t.quite")]),
        ("CREATE TABLE t (a int, x text)", "CREATE TABLE t (a int, x2 int)", []),
        ("CREATE TABLE t (a int, x text, y text)", "CREATE TABLE t (a int, v text, w text)", []),
        ("CREATE TABLE users (a int, b text)", "CREATE TABLE people (a int, b text)",
         [("table", "public.users", "public.people")]),
        ("CREATE TABLE users (a int, b text)", "CREATE TABLE people (c int)", []),
        ("CREATE TYPE m AS ENUM ('a', 'b', 'c')", "CREATE TYPE m AS ENUM ('a', 'd', 'c')",
         [("value", "public.m.b", "public.m.d")]),
        ("CREATE TYPE m AS ENUM ('a', 'b', 'c')", "CREATE TYPE m AS ENUM ('a', 'c', 'b')", []),
    ],
)  # fmt: skip
async def test_what_looks_like_a_rename_is_offered(
    databases: Databases, before: str, after: str, offered: list[tuple[str, str, str]]
) -> None:
    one, two = databases.loaded(before), databases.loaded(after)
    try:
        a, b = [await judging.read(target) for target in (one, two)]
        found = renames.candidates(compare.compare(a, b))
        assert [(each.kind, each.a, each.b) for each in found] == offered
        assert all(0 < each.score <= 1 and each.reason for each in found)
        taken = renames.confirmed(a, [Rename(each.a, each.b) for each in found])
        assert len(taken) == len(offered)
        wanted = [each for each in plan(a, b).statements if "RENAME" in each.text]
        assert not wanted, "none is taken unasked"
    finally:
        databases.drop(one)
        databases.drop(two)


async def test_names_that_the_server_chose_can_be_left_out(databases: Databases) -> None:
    before = "CREATE TABLE t (a int, b int, c int, CONSTRAINT old_pkey PRIMARY KEY (a), CONSTRAINT mine CHECK (b > 0));"
    after = "CREATE TABLE t (a int PRIMARY KEY, b int, c int, CONSTRAINT yours CHECK (b > 0)); CREATE INDEX ON t (b);"
    one, two = databases.loaded(before), databases.loaded(after)
    try:
        a, b = [await judging.read(target) for target in (one, two)]
        assert len([each for each in plan(a, b).statements if "RENAME" in each.text]) == 2
        found = plan(a, b, wishes=Wishes(ignore_generated_names=True))
        assert [each.key.name for each in found.statements] == ["yours", "t_b_idx"]
        assert [each.key.name for each in found.changes] == ["yours", "t_b_idx"]
    finally:
        databases.drop(one)
        databases.drop(two)


async def test_a_rename_that_cannot_be_is_a_usage_error(databases: Databases) -> None:
    target = databases.loaded("CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE SCHEMA s; CREATE TABLE s.t ()")
    try:
        catalog = await judging.read(target)
        for old, new, said in (
            ("public.x", "y", "not there"),
            ("t", "v", "more than one"),
            ("public.t", "public.u", "is there already"),
        ):
            with pytest.raises(UsageError, match=said):
                renames.confirmed(catalog, [Rename(old, new)])
        assert renames.confirmed(catalog, [Rename("public.gone", "public.t")]) == (), "it has been made already"
    finally:
        databases.drop(target)
