"""What the ledgers that are only read remember of the past: who did what when, as far as a tool keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from console.db.query import Query
from console.migrations.ledgers import django, ecto, knex, sqitch, yoyo
from console.migrations.ledgers.candidates import look
from console.migrations.ledgers.ledger import Name, Reader
from console.migrations.ledgers.only_read import there


class _Log(Protocol):
    LOG: str

    def log(self, table: Name, limit: int) -> Query:
        """Return the question what was done."""


_KEEPING: Mapping[str, _Log] = MappingProxyType(
    {"sqitch": sqitch, "knex": knex, "yoyo": yoyo, "ecto": ecto, "django": django}
)


async def queries(session: Reader, limit: int, row: Callable[..., Any]) -> Sequence[Query]:
    """Return the questions to ask of a database, each for its newest `limit` entries."""
    found = []
    for ledger in await look(session):
        for word in ledger.words:
            if word not in _KEEPING:
                continue
            module = _KEEPING[word]
            log = module.LOG or ledger.table.table
            if log in await there(session, ledger.table.schema, log):
                found.append(replace(module.log(ledger.table, limit), row=row))
    return found
