"""Reads a dashboard once, for whoever prints it: fitting, choosing, and each panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.config.names import nearest
from console.dashboards import fits, parameters
from console.dashboards.definition import Dashboard, Parameter
from console.dashboards.reading.reader import Reader, read_all
from console.dashboards.readout import Outcome, Readout
from console.db.session import Session
from console.errors import UsageError
from console.text import sanitize

_OFFERED = 500  # choices that the database is asked for; with as many there may be others
_NAMED = 5


async def read(session: Session, dashboard: Dashboard, said: Mapping[str, str], panels: Sequence[str]) -> Readout:
    """Read the panels of a dashboard (all without names) once.

    What keeps one panel from being read is that panel's. Raises UsageError when the dashboard does not fit the
    database, or for a choice that it does not offer, and what opening another connection raises.
    """
    fit = fits.fit(dashboard, await fits.there(session, fits.asked([dashboard])))
    if not fit.ok:
        raise UsageError(
            f"The dashboard {dashboard.id} does not fit: {sanitize(fit.reason)}.",
            hint="dbconsole dashboard, with the target alone, lists those that do.",
        )
    missing = {id: needs for id, needs in fit.panels if not panels or id in panels}
    async with Reader(session, dashboard, share=True) as reader:
        meant = await _meant(reader, said)
        chosen = parameters.chosen(dashboard, {name: value for name, (value, _) in meant.items()})
        wanted = [dashboard.panels[id] for id in panels or dashboard.panels if id not in missing]
        found: Mapping[str, Outcome] = {**missing, **await read_all(reader, chosen, wanted)}
    labels = {name: label for name, (_, label) in meant.items()}
    return Readout(dashboard, chosen, {id: found[id] for id in panels or dashboard.panels}, labels)


async def _meant(reader: Reader, said: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return value and label of what was said, which may be either; only what the database offers is let by."""
    known = {each.id: each for each in reader.dashboard.parameters}
    return {
        name: _offered(known[name], word, await reader.choices(known[name]))
        if word and known[name].sql
        else (word, dict(known[name].choices).get(word, word))
        for name, word in said.items()
    }


def _offered(parameter: Parameter, said: str, offered: Sequence[tuple[str, str]]) -> tuple[str, str]:
    for place in (0, 1):
        found = next((each for each in offered if each[place] == said), None)
        if found is not None:
            return found
    if len(offered) >= _OFFERED:
        return said, said
    labels = [label for _, label in offered]
    meant = nearest(said, [*labels, *(value for value, _ in offered)])
    some = ", ".join(labels[:_NAMED])
    hint = f"Did you mean {meant}?" if meant else f"There are: {some}{' …' if len(labels) > _NAMED else ''}"
    raise UsageError(f"There is no {parameter.title} {sanitize(said)} to choose.", hint=sanitize(hint))
