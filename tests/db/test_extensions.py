"""An extension that the server does not have is named, with the server and what to do."""

from __future__ import annotations

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.session import Session
from console.errors import StatementFailed
from tests.databases import Databases


@pytest.mark.parametrize("name", ["no_such_extension", "no such “extension”"])
async def test_an_absent_extension_is_named_with_its_server(database: Target, databases: Databases, name: str) -> None:
    major = databases.server.installation.version
    async with await Session.open(database, what="test") as session:
        with pytest.raises(StatementFailed) as caught:
            async with session.writing(consent(database, action="test"), doing="making it") as writer:
                await writer.execute(f'DO $$ BEGIN CREATE EXTENSION "{name}"; END $$')
    assert caught.value.title.startswith(f"Making it failed: this server (PostgreSQL {major}.")
    assert caught.value.title.endswith("does not have the extension no_such_extension.") or "“" in name
    assert caught.value.hint.startswith("Install no")


async def test_another_failure_of_an_extension_keeps_the_words_of_the_server(database: Target) -> None:
    async with await Session.open(database, what="test") as session:
        with pytest.raises(StatementFailed, match='extension "plpgsql" already exists'):
            async with session.writing(consent(database, action="test")) as writer:
                await writer.execute("CREATE EXTENSION plpgsql")
