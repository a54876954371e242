"""A search as SQL: the settings it wants, the statement, and the names of what it selects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from console.db.compose import SQL, Composable, Composed, Placeholder
from console.db.composing import verbatim
from console.db.literals import script
from console.db.query import Query
from console.sql.quoting import dotted
from console.vectors.search.knobs import Setting, Settings


@dataclass(frozen=True, slots=True)
class Statement:
    """One search.

    `measures` are what its first columns say (distance, score); `columns` the names of those behind them. `own_path`
    says that there is a person's SQL in it.
    """

    settings: Settings
    sql: Composed
    params: Mapping[str, object]
    measures: tuple[str, ...]
    columns: tuple[str, ...]
    own_path: bool = False

    @property
    def query(self) -> Query:
        """The statement, ready to be sent."""
        return Query(self.sql, self.params, as_text=True, own_path=self.own_path)

    @property
    def setting(self) -> tuple[Query, ...]:
        """What is to be sent before it, in the same transaction; its one row are the values that hold then."""
        if not self.settings:
            return ()
        params: dict[str, object] = {}
        for place, each in enumerate(self.settings):
            params |= {f"n{place}": each.name, f"v{place}": each.value}
            params |= {f"u{place}": each.unless} if each.unless is not None else {}
            params |= {f"l{place}": each.at_least} if each.at_least is not None else {}
        calls = [_set(place, each) for place, each in enumerate(self.settings)]
        return (Query(SQL("SELECT {}").format(SQL(", ").join(calls)), params, own_path=self.own_path),)

    def held(self, values: Sequence[str]) -> Statement:
        """Return it with the settings that held when it ran."""
        pairs = zip(self.settings, values, strict=True)
        return replace(
            self, settings=tuple(replace(each, value=value, unless=None, at_least=None) for each, value in pairs)
        )

    @property
    def text(self) -> str:
        """The same, for psql."""
        return script([(each.name, each.value) for each in self.settings], self.query)


def _set(place: int, setting: Setting) -> Composable:
    name: Composable = Placeholder(f"n{place}")
    value: Composable = Placeholder(f"v{place}")
    # Nothing is there, or "", as long as the library is not loaded.
    there = SQL("nullif(pg_catalog.current_setting({}, true), '')").format(name)
    if setting.unless is not None:
        value = SQL("coalesce(nullif({}, {}), {})").format(there, Placeholder(f"u{place}"), value)
    if setting.at_least is not None:
        least = SQL("coalesce({}::pg_catalog.int4, {}::pg_catalog.int4)").format(there, Placeholder(f"l{place}"))
        value = SQL("greatest({}::pg_catalog.int4, {})::pg_catalog.text").format(value, least)
    return SQL("pg_catalog.set_config({}, {}, true)").format(name, value)


def named(*parts: str) -> SQL:
    """Return a name, quoted only where it must be: these statements are read by people, too.

    >>> named("public", "Mine", "100%").as_string(None)
    'public."Mine"."100%%"'
    """
    return verbatim(dotted(*parts))


def anded(conditions: Iterable[Composable]) -> Composable:
    """Return a WHERE clause on a line of its own, nothing where there is no condition."""
    listed = list(conditions)
    return SQL("\nWHERE {}").format(SQL("\n    AND ").join(listed)) if listed else SQL("")
