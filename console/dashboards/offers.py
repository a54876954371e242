"""The dashboards there are, each with whether it fits the database at hand, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.dashboards import fits
from console.dashboards.definition import Dashboard, Need
from console.dashboards.files.finding import Broken
from console.dashboards.fits import Fit
from console.dashboards.readout import head
from console.db.session import Session
from console.text import plural

_SAID = 3  # needs that are said before the rest is counted


@dataclass(frozen=True, slots=True)
class Offer:
    """A dashboard with whether it fits, or a file that cannot be used."""

    found: Dashboard | Broken
    fit: Fit = field(default_factory=Fit)

    @property
    def ok(self) -> bool:
        """Whether it can be opened."""
        return isinstance(self.found, Dashboard) and self.fit.ok

    @property
    def reason(self) -> str:
        """Say why it cannot be opened, or what is left out of it; nothing where all of it fits."""
        if isinstance(self.found, Broken):
            return self.found.error.title
        if not self.fit.ok:
            return _shortened(self.fit.missing)
        if not self.fit.panels:
            return ""
        out = f"{len(self.fit.panels)} of {plural(len(self.found.panels), 'panel')}"
        return f"{out} left out: {_shortened(need for _, missing in self.fit.panels for need in missing)}"

    def as_dict(self) -> dict[str, object]:
        """Return the shape of docs/json.md."""
        if isinstance(self.found, Broken):
            broken = self.found
            about: dict[str, object] = {"id": broken.id, "title": broken.id, "description": ""}
            about |= {"origin": broken.origin.value, "path": str(broken.path)}
            return {
                **about,
                "fits": False,
                **self._why(),
                "parameters": [],
                "panels": [],
                "error": broken.error.as_dict(),
            }
        return {
            **head(self.found),
            "fits": self.ok,
            **self._why(),
            "parameters": [
                {"id": each.id, "title": each.title, "kind": each.kind, "default": each.default or None}
                for each in self.found.parameters
            ],
            "panels": list(self.found.panels),
            "error": None,
        }

    def _why(self) -> dict[str, object]:
        return {"reason": self.reason or None, "missing": [str(each) for each in self.fit.missing]}


async def offers(session: Session, found: Iterable[Dashboard | Broken]) -> tuple[Offer, ...]:
    """Return what there is, those that fit first; one round trip. Raises what reading raises."""
    listed = list(found)
    dashboards = [each for each in listed if isinstance(each, Dashboard)]
    there = await fits.there(session, fits.asked(dashboards))
    made = [Offer(each, fits.fit(each, there)) if isinstance(each, Dashboard) else Offer(each) for each in listed]
    return tuple(sorted(made, key=lambda each: not each.ok))


def _shortened(missing: Iterable[Need]) -> str:
    needs = list(dict.fromkeys(missing))
    rest = len(needs) - _SAID
    return fits.why_not(needs[:_SAID]) + (f"; and {rest} more" if rest > 0 else "")
