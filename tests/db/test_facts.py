"""What `profiles test` tells, and how providers are recognised by the server when the host's name says nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from console.cli.main import main
from console.config.profile import Target
from console.db import facts, place
from console.db.query import Query
from console.db.server import Server
from console.db.session import Session
from tests.databases import Databases

NEON = "ep-cool-darkness-a1b2c3d4{}.us-east-2.aws.neon.tech"
POOLER = "aws-0-eu-west-2.pooler.supabase.com"
OTHER = Server(180000, "18.0", "x", "x", False, 1, "UTF8", False, None, False)


@pytest.mark.parametrize(
    ("params", "server", "greeted_by_another", "words"),
    [
        ({"host": "localhost"}, OTHER, False, ""),
        ({"host": "localhost"}, OTHER, True, "pooled"),
        ({"host": "db.example.com"}, replace(OTHER, neon_project="x"), False, "Neon"),
        ({"host": "127.0.0.1"}, replace(OTHER, supabase=True), False, "Supabase"),
        ({"host": NEON.format("")}, OTHER, True, "Neon us-east-2"),
        ({"host": NEON.format("-pooler")}, OTHER, True, "Neon us-east-2, pooled"),
        ({"host": POOLER, "port": "6543"}, OTHER, True, "Supabase eu-west-2, pooled"),
        ({"host": POOLER, "port": "5432"}, OTHER, True, "Supabase eu-west-2"),
        ({"host": "db.abcdefghijklmnopqrst.supabase.co"}, OTHER, False, "Supabase"),
        ({"host": NEON.format("")}, None, False, "Neon us-east-2"),
    ],
)
def test_a_place_in_words(params: dict[str, str], server: Server | None, greeted_by_another: bool, words: str) -> None:
    assert place.of(params, server, greeted_by_another=greeted_by_another).words == words


@pytest.fixture
def neon_like(make_database: Callable[..., Target], databases: Databases) -> Target:
    """Return a database that says what Neon's do."""
    target = make_database()
    with databases.connect() as connection:
        connection.execute(f"ALTER DATABASE {target.database} SET neon.project_id = 'cool-darkness-1234'")
    return target


@pytest.fixture
def supabase_like(database: Target, databases: Databases) -> Iterator[Target]:
    """Return a database whose server has Supabase's administrator."""
    with databases.connect() as connection:
        connection.execute("CREATE ROLE supabase_admin")
        yield database
        connection.execute("DROP ROLE supabase_admin")


async def test_neon_is_known_by_its_setting(neon_like: Target) -> None:
    async with await Session.open(neon_like) as session:
        await session.read(Query("SELECT 1"))
        assert session.place.words == "Neon"


async def test_supabase_is_known_by_its_role(supabase_like: Target) -> None:
    async with await Session.open(supabase_like) as session:
        await session.read(Query("SELECT 1"))
        assert session.place.words == "Supabase"


async def test_rights_are_told(database: Target, databases: Databases) -> None:
    with databases.connect(database) as connection:
        connection.execute("CREATE ROLE told LOGIN CREATEDB; GRANT pg_monitor TO told")
        try:
            told = replace(database, params={**database.params, "user": "told"})
            async with await Session.open(told) as session:
                found = (await facts.read(session)).as_dict()
        finally:
            connection.execute("DROP ROLE told")
    assert found["role"] == "told: create databases, temporary tables, monitor"
    assert found["encrypted"] == "no"
    assert found["direct"] == "the same"


@pytest.mark.tool
def test_the_command_tells_it(way: Target, capsys: pytest.CaptureFixture[str]) -> None:
    params = way.params
    url = f"postgresql://postgres@/{way.database}?host={params['host']}&port={params['port']}"
    with pytest.raises(SystemExit) as ended:
        main(["profiles", "test", url, "--json"])
    assert ended.value.code == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    between = {"pooler": "a proxy or pooler is in between", "direct": "none is known; give the profile a direct_url"}
    nothing = {"pooler": "none", "direct": "the same"}
    assert told["facts"].items() >= (between if way.direct else nothing).items()
    assert told["facts"]["server"].startswith("PostgreSQL 18")
    assert told["facts"]["role"] == "postgres: superuser"


def test_the_command_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["profiles", "test", "postgresql://app:s3cret@127.0.0.1:1/x", "--json"])
    assert ended.value.code == 3
    told = capsys.readouterr()
    assert "Nothing answers there" in json.loads(told.out)["error"]["title"]
    assert "s3cret" not in told.out + told.err
