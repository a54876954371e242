"""Which file of a folder explains that a database is not what the folder makes: edited, or never run. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from console.catalog.model import Key
from console.drift.authorship.attribution import Attribution, State
from console.drift.authorship.chronicle import when
from console.migrations import history
from console.migrations.files.folder import Key as Order
from console.migrations.files.folder import Ordering
from console.migrations.snapshots.memory import Deed, Touch
from console.migrations.states import Standing
from console.migrations.states import State as Of
from console.text import sanitize


class Files:
    """What the folder's files tell: which of them was edited, which was never run."""

    def __init__(
        self,
        standings: Iterable[Standing],
        order: Ordering,
        deeds: Iterable[Deed],
        makers: Mapping[Key, Collection[str]],
    ) -> None:
        self._key = key = order.key
        self._made_by = makers
        self._standing = {key(each.version): each for each in standings}
        good = (each for each in deeds if each.outcome in history.GOOD)
        self._newest = {key(each.version): each for each in good}

    def of(self, keys: Collection[Key], touches: Collection[Touch]) -> Attribution | None:
        """Return the newest file that explains why the database is not what the folder makes; None where none does.

        `touches` are of those very objects.
        """
        made_by = [version for key in keys for version in self._made_by.get(key, ())]
        versions = {self._key(each) for each in (*(touch.version for touch in touches), *made_by)}
        explained = (self._explained(each) for each in sorted(versions, reverse=True))
        return next((each for each in explained if each is not None), None)

    def unrun(self, keys: Collection[Key]) -> Attribution | None:
        """Return the newest file that was never run here, by the ledger alone."""
        found = self.of(keys, ())
        return found if found is not None and found.state in (State.MISSED, State.PENDING) else None

    def _explained(self, version: Order) -> Attribution | None:
        standing, deed = self._standing.get(version), self._newest.get(version)
        if standing is None:
            return None
        label = sanitize(standing.label)
        found: tuple[State, str] | None = None
        if standing.state is Of.EDITED:
            found = State.EDITED, f"the file of {label} was edited after it was applied"
        elif standing.state is Of.OUT_OF_ORDER:
            found = State.MISSED, f"{label} was never run here, and newer ones are applied"
        elif standing.state is Of.FAILED:
            found = State.PENDING, f"{label} has stopped half-way here"
        elif standing.state in (Of.PENDING, Of.UNSUPPORTED):
            found = State.PENDING, f"{label} is not applied here yet"
        elif standing.state is Of.MISSING:
            found = State.EDITED, f"{label} is applied here, and its file is not in the folder"
        elif deed is not None and deed.outcome == history.ADOPTED:
            found = State.MISSED, f"{label} was recorded as applied on {when(deed.at)} UTC without being run"
        elif deed is not None and deed.outcome == history.ACCEPTED:
            accepted = f"and accepted as it is on {when(deed.at)} UTC"
            found = State.EDITED, f"the file of {label} was edited after it was applied, {accepted}"
        return Attribution(found[0], standing.label, found[1]) if found else None
