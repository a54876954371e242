"""What of a relation's rows is looked at: which relation, sorted and filtered how; opens them as a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.rows.source import Column, RowSource
from console.text import sanitize

if TYPE_CHECKING:
    from console.db.query import Row
    from console.db.session import Session
    from console.rows.filter import Filter
    from console.rows.foreign_keys import ForeignKey
    from console.rows.order import Sort


@dataclass(frozen=True, slots=True)
class Opened:
    """Rows as they were wanted, the first of them at hand, and the foreign keys that lead away from them."""

    browsing: Browsing
    source: RowSource
    keys: tuple[ForeignKey, ...]


@dataclass(frozen=True, slots=True)
class Browsing:
    """One relation's rows as a person wants them. `allowed` means that a person agreed to functions that may write."""

    schema: str
    name: str
    sort: Sort | None = None
    filter: Filter | None = None
    allowed: bool = False

    @property
    def relation(self) -> tuple[str, str]:
        """Schema and name."""
        return self.schema, self.name

    def sorted_by(self, column: str) -> Browsing:
        """Return the same, sorted by a column: upwards first, then downwards, then as they come."""
        from console.rows.order import Sort

        if self.sort is None or self.sort.column != column:
            return replace(self, sort=Sort(column))
        return replace(self, sort=None if self.sort.descending else Sort(column, descending=True))

    def where(self, condition: str) -> Browsing:
        """Return the same with a condition in SQL; an empty one takes it away."""
        from console.rows.filter import Condition

        return replace(self, filter=Condition(condition) if condition else None, allowed=False)

    @property
    def condition(self) -> str:
        """The condition in words, empty without one."""
        return getattr(self.filter, "sql", "") if self.filter is not None else ""

    @property
    def empty(self) -> str:
        """What to say where there are no rows."""
        return "No row meets the condition; w changes it." if self.filter is not None else "There are no rows in it."

    def agreed(self) -> Browsing:
        """Return the same, with a person's word that its functions may run."""
        return replace(self, allowed=True)

    async def written(self, session: Session, columns: Sequence[Column], rows: Sequence[Row], form: str) -> str:
        """Return rows in a form; INSERT needs to know which columns take values. Raises UsageError."""
        from console.rows import copying, relation
        from console.rows.formats import Into

        into = Into.of(await relation.read(session, self.schema, self.name)) if form == "insert" else None
        return copying.rows(columns, rows, form, into=into)

    async def open(self, session: Session) -> Opened:
        """Open the rows and read the first page. Raises what `console.rows.table.open` raises."""
        from console.rows import foreign_keys, table

        source = await table.open(
            session, self.schema, self.name, sort=self.sort, filter=self.filter, allow_functions=self.allowed
        )
        try:
            keys = await foreign_keys.read(session, self.schema, self.name)
            await source.fetch(0, 0)
        except BaseException:
            await source.close()
            raise
        return Opened(self, source, keys)

    def needed_grant(self, role: str) -> str:
        """Return the statement that would let a role read the rows."""
        from console.sql.quoting import dotted
        from console.sql.quoting import role as grantee

        return sanitize(f"GRANT SELECT ON {dotted(self.schema, self.name)} TO {grantee(role)}")
