"""Which column of a sample means what: as the panel says, else by name, else the first that fits."""

from __future__ import annotations

from collections.abc import Iterable

from console.config.names import nearest
from console.dashboards.definition import Panel
from console.dashboards.sample import Head, Sample

_A = {"time": "a time", "number": "a number", "text": "a text"}


class Unsuited(Exception):
    """A sample does not suit its panel's kind; the text says in sentences why, and what would."""


class Columns:
    """The columns of a sample; those that were chosen are not chosen again."""

    def __init__(self, panel: Panel, sample: Sample) -> None:
        self._panel = panel
        self._heads = sample.heads
        self._said = {name: self._place(name) for name in panel.columns.values()}
        self._taken = set(self._said.values())

    def find(self, meaning: str, *roles: str, by_name: bool = False) -> int | None:
        """Return the place of the column that means this, None if there is none.

        `by_name` takes no other than one of that very name. Raises Unsuited if the panel names one of another role.
        """
        said = self._panel.columns.get(meaning)
        if said is not None:
            return self._suiting(meaning, said, roles)
        places = self._free(roles)
        named = [place for place in places if self._heads[place].name == meaning]
        found = next(iter(named or ([] if by_name else places)), None)
        if found is not None:
            self._taken.add(found)
        return found

    def need(self, meaning: str, *roles: str) -> int:
        """Return what `find` does. Raises Unsuited if there is no such column."""
        found = self.find(meaning, *roles)
        if found is None:
            wanted = " or ".join(_A[role] for role in roles)
            raise Unsuited(f"A {self._panel.kind} needs {wanted} as its {meaning}; {self._given()}.")
        return found

    def rest(self, *roles: str) -> tuple[int, ...]:
        """Return the places of all columns of these roles that are not chosen yet."""
        return tuple(self._free(roles))

    def head(self, place: int) -> Head:
        """Return a column."""
        return self._heads[place]

    def _free(self, roles: Iterable[str]) -> list[int]:
        """Return the free places of roles, the first role's first."""
        return [
            place
            for role in roles
            for place, head in enumerate(self._heads)
            if head.role == role and place not in self._taken
        ]

    def _suiting(self, meaning: str, name: str, roles: tuple[str, ...]) -> int:
        place = self._said[name]
        head = self._heads[place]
        if head.role not in roles:
            wanted = " or ".join(_A[role] for role in roles)
            raise Unsuited(f"{name} is {head.type_name}; the {meaning} of a {self._panel.kind} has to be {wanted}.")
        return place

    def _place(self, name: str) -> int:
        for place, head in enumerate(self._heads):
            if head.name == name:
                return place
        meant = nearest(name, [head.name for head in self._heads])
        hint = f" Did you mean {meant}?" if meant else ""
        raise Unsuited(f"The statement gives no column {name}; {self._given()}.{hint}")

    def _given(self) -> str:
        if not self._heads:
            return "it gives no columns"
        return "it gives " + ", ".join(f"{head.name} ({head.type_name})" for head in self._heads)
