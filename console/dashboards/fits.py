"""Which dashboards make sense on the database at hand, and why the others do not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from console.dashboards.definition import Dashboard, Need
from console.db.query import Query
from console.db.session import Session
from console.sql import queries
from console.sql.quoting import undotted

_MISSING = {
    "view": "there is no view {}",
    "table": "there is no table {}",
    "column": "there is no column {}",
    "function": "there is no function {}",
    "extension": "the extension {} is not installed",
    "server": "it needs PostgreSQL {}",
    "provider": "it is for databases of {}",
    "right": "your role is not a member of {}",
}
_NAMED = ("view", "table", "column", "function")


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a dashboard fits: which of its needs are not met, and the same for its panels by id."""

    missing: tuple[Need, ...] = ()
    panels: tuple[tuple[str, tuple[Need, ...]], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it can be opened."""
        return not self.missing

    @property
    def reason(self) -> str:
        """Say why not.

        >>> Fit((Need("view", "public.sales"), Need("extension", "vector"))).reason
        'there is no view public.sales; the extension vector is not installed'
        """
        return why_not(self.missing)


def why_not(missing: Iterable[Need]) -> str:
    """Say what is missing, without the same words twice."""
    return "; ".join(dict.fromkeys(_MISSING[each.kind].format(_called(each)) for each in missing))


def _called(need: Need) -> str:
    return need.name.capitalize() if need.kind == "provider" else need.name


def asked(dashboards: Iterable[Dashboard]) -> tuple[Need, ...]:
    """Return everything that is needed by any of them, each once."""
    return tuple(dict.fromkeys(need for each in dashboards for need in _needs(each)))


def fit(dashboard: Dashboard, there: frozenset[Need]) -> Fit:
    """Return whether a dashboard fits what is there."""
    panels = ((each.id, _missing(each.requires, there)) for each in dashboard.panels.values())
    return Fit(_missing(dashboard.requires, there), tuple((name, missing) for name, missing in panels if missing))


async def there(session: Session, needs: Iterable[Need]) -> frozenset[Need]:
    """Return the needs that are met on the server: one round trip. Raises what reading raises."""
    by_text = {str(each): each for each in needs}
    asked = json.dumps([{"need": text, **_looked_for(need)} for text, need in by_text.items()])
    query = Query(queries.load("dashboards/known"), {"asked": asked}, own_path=True)
    [rows] = await session.read(query, doing="looking what dashboards need")
    provider = session.place.provider.casefold()
    here = {each for each in by_text.values() if each.kind == "provider" and each.name == provider}
    return frozenset({by_text[name] for (name,) in rows} | here)


def _looked_for(need: Need) -> dict[str, str]:
    """Return the parts of a name as the server is asked for them; a column's and a function's are as they are written.

    >>> _looked_for(Need("column", "Shop.sale.Amount"))
    {'kind': 'column', 'schema': 'shop', 'name': 'sale', 'part': 'Amount'}
    """
    names, part = undotted(need.name, folded=need.kind != "function"), ""
    if need.kind == "column" and names:
        names, part = names[:-1], undotted(need.name, folded=False)[-1]
    if need.kind not in _NAMED:
        names = ("", need.name)
    schema, name = ("", *names)[-2:] if 0 < len(names) < 3 else ("", "")
    return {"kind": need.kind, "schema": schema, "name": name, "part": part}


def _missing(needs: Iterable[Need], there: frozenset[Need]) -> tuple[Need, ...]:
    return tuple(each for each in needs if each not in there)


def _needs(dashboard: Dashboard) -> Iterable[Need]:
    yield from dashboard.requires
    for panel in dashboard.panels.values():
        yield from panel.requires
