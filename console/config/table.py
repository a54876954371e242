"""One table of a TOML file of ours while it is read: its values by reader, its mistakes by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from console.config import values
from console.config.page import Page
from console.errors import BrokenConfig


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says, and at which path of which page it stands. Everything here raises BrokenConfig."""

    said: Mapping[str, Any]
    page: Page
    where: tuple[str, ...] = ()

    def read(self, reader: Callable[[Any], Any], key: str, otherwise: Any = None) -> Any:
        """Return the value of a key, `otherwise` where it is missing."""
        return values.read(reader, self.said, key, self.page, self.where) if key in self.said else otherwise

    def only(self, *keys: str) -> None:
        """Refuse a key that is none of these."""
        values.only(self.said, keys, self.where, self.page)

    def must_have(self, *keys: str) -> None:
        """Refuse a table without one of these."""
        for key in keys:
            if key not in self.said:
                raise self.broken(f"has no {key}")

    def tables(self, key: str, *, most: int) -> Iterator[tuple[str, Table]]:
        """Yield the tables below a key by name."""
        found = self.said.get(key, {})
        if not isinstance(found, Mapping) or len(found) > most:
            raise self.broken(f"has to be tables, such as [{key}.name], at most {most}", key)
        for name, said in found.items():
            below = Table(said, self.page, (*self.where, key, name))
            if not isinstance(said, Mapping):
                raise below.broken(f"has to be a table: [{key}.{name}]")
            yield name, below

    def broken(self, sentence: str, *key: str, hint: str = "") -> BrokenConfig:
        """Return the error about a key below, or about the table itself."""
        path = (*self.where, *key)
        if not path:
            return BrokenConfig(f"{self.page.file}: the file {sentence}.", hint=hint)
        return self.page.broken(path, sentence, hint)
