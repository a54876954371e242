"""One thing that an interrupted statement has left behind, in words and with the SQL that mends it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from console.db.query import Query
from console.migrations.ledgers.ledger import Reader
from console.sql.queries import load
from console.sql.quoting import dotted, ident
from console.text import sanitize

_OF_REINDEX = re.compile(r"_cc(?:new|old)\d*$")


class Kind(StrEnum):
    """What it is, as JSON says it."""

    INDEX = "invalid_index"
    CONSTRAINT = "unvalidated_constraint"
    PARTITION = "pending_detach"


@dataclass(frozen=True, slots=True)
class Leftover:
    """An index that is not valid, a constraint that is not proved, or a partition that is not wholly detached.

    `relation` is its table (of a partition: the parent; of a domain's constraint: the domain), `name` its own name; of
    a partition with its schema, as SQL. `constraint` is what an index stands for, or "domain". `busy` tells that a
    session works on it right now: then it is none. `ours` tells whether the role may mend it.
    """

    kind: Kind
    schema: str
    relation: str
    name: str
    unique: bool = False
    constraint: str | None = None
    busy: bool = False
    ours: bool = True

    @property
    def of_reindex(self) -> bool:
        """Whether REINDEX CONCURRENTLY has left it: the new index half built, or the old one not yet dropped."""
        return self.kind is Kind.INDEX and _OF_REINDEX.search(self.name) is not None

    @property
    def shown(self) -> str:
        """Its name as a person writes it, harmless for a terminal."""
        return sanitize(self._name)

    @property
    def dropping(self) -> str:
        """The statement that drops an index."""
        return f"DROP INDEX CONCURRENTLY IF EXISTS {dotted(self.schema, self.name)}"

    @property
    def mending(self) -> str:
        """The statement that makes it whole; an index that REINDEX has left is dropped."""
        relation = dotted(self.schema, self.relation)
        if self.kind is Kind.CONSTRAINT:
            what = "DOMAIN" if self.constraint == "domain" else "TABLE"
            return f"ALTER {what} {relation} VALIDATE CONSTRAINT {ident(self.name)}"
        if self.kind is Kind.PARTITION:
            return f"ALTER TABLE {relation} DETACH PARTITION {self.name} FINALIZE"
        return self.dropping if self.of_reindex else f"REINDEX INDEX CONCURRENTLY {dotted(self.schema, self.name)}"

    @property
    def sentence(self) -> str:
        """Say what it is and what it means, in one line."""
        relation = sanitize(dotted(self.schema, self.relation))
        if self.kind is Kind.CONSTRAINT:
            return f"{self.shown} on {relation} is NOT VALID: rows from before it were never checked."
        if self.kind is Kind.PARTITION:
            return f"{self.shown} is half detached from {relation}: until that is done, nothing else can be."
        if self.of_reindex:
            return f"{self.shown} on {relation} is what a REINDEX left that did not finish: it only costs writes."
        return f"{self.shown} on {relation} is an invalid index: its build did not finish, and no query uses it."

    @property
    def _name(self) -> str:
        if self.kind is Kind.INDEX:
            return dotted(self.schema, self.name)
        return self.name if self.kind is Kind.PARTITION else ident(self.name)

    def as_dict(self) -> dict[str, object]:
        """Return its JSON shape."""
        return {
            "kind": self.kind.value,
            "schema": self.schema,
            "relation": self.relation,
            "name": self.name,
            "detail": self.sentence,
            "sql": f"{self.mending};",
        }


async def read(session: Reader) -> tuple[Leftover, ...]:
    """Return what was left behind in a database, and nothing that somebody is at work on; one round trip.

    Constraints that this role could not validate are left out: they are a provider's. Raises what reading raises.
    """
    [found] = await session.read(QUERY)
    return tuple(each for each in found if not each.busy and (each.ours or each.kind is not Kind.CONSTRAINT))


def _of_row(
    kind: str,
    schema: str,
    relation: str,
    name: str,
    is_unique: bool,
    constraint_name: str | None,
    busy: bool,
    ours: bool,
) -> Leftover:
    return Leftover(Kind[kind.upper()], schema, relation, name, is_unique, constraint_name, busy, ours)


QUERY = Query(load("leftovers/found"), {}, row=_of_row)
