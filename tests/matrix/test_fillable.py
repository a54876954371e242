"""What would be filled is looked up on every version; without pgvector it is said that there is no vector."""

from __future__ import annotations

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import UsageError
from console.vectors.filling.declared import Declared
from console.vectors.filling.looking import look_up
from tests.databases import Databases


async def test_a_column_is_looked_up(database: Target, databases: Databases) -> None:
    with databases.connect(database) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS public.texts (id int PRIMARY KEY, body text) PARTITION BY RANGE (id);"
            "CREATE TABLE IF NOT EXISTS public.few PARTITION OF public.texts FOR VALUES FROM (1) TO (9)"
        )
    async with await Session.open(database, what="test") as session:
        with pytest.raises(UsageError, match="body is of type text"):
            await look_up(session, [Declared("public", "texts", "body", ("body",))])
        assert await look_up(session, [Declared("public", "texts", "absent", ("body",))]) == ()
