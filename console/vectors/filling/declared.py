"""Which columns a folder of migrations wants filled, and from what: its file `embeddings.toml`.

["public.knowledge_base.embedding"]     # a table for each column: schema, table, column
text = ["title", "content"]             # the columns whose texts it stands for, joined by a space
where = { status = "completed" }        # optional: only rows in which these columns have this value, or one of a list
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.config import lines
from console.errors import BadMigrations
from console.text import sanitize
from console.vectors.column import VectorColumn

FILE = "embeddings.toml"
_KEYS = ("text", "where")
_EXAMPLE = '["public.articles.embedding"] and below it text = ["title", "body"]'
_LARGEST = 1 << 20

Where = tuple[tuple[str, tuple[str, ...]], ...]  # columns and the values that they may have


@dataclass(frozen=True, slots=True)
class Declared:
    """A vector column, the columns whose texts it stands for, and which rows it stands in.

    `origin` is the file that says so, "" for a person.
    """

    schema: str
    table: str
    column: str
    text: tuple[str, ...]
    where: Where = ()
    origin: str = FILE

    @property
    def name(self) -> str:
        """The column with its table and schema, as the file says it: `public.articles.embedding`."""
        return f"{self.schema}.{self.table}.{self.column}"

    @property
    def label(self) -> str:
        """The same, harmless for a terminal."""
        return sanitize(self.name)

    @property
    def only(self) -> str:
        """Which rows it stands in, harmless for a terminal: `status is completed`; "" for all."""
        said = (f"{name} is {' or '.join(map(str, values))}" for name, values in self.where)
        return sanitize(" and ".join(said))


def of(column: VectorColumn, text: Sequence[str], where: Where = ()) -> Declared:
    """Return what a person declares of a column that was found."""
    return Declared(column.schema, column.table, column.name, tuple(text), where, origin="")


def read(folder: Path) -> tuple[Declared, ...]:
    """Return what a folder declares, nothing without the file. Raises BadMigrations, with the line."""
    file = folder / FILE
    if not file.exists():
        return ()
    text = _text(file)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, line = lines.of_error(error, text)
        raise BadMigrations(
            f"{FILE}, line {line}: this is not TOML.", detail=sanitize(said), hint=f"Write {_EXAMPLE}.", line=line
        ) from None
    return tuple(_Entry(text, name).read(said) for name, said in table.items())


def _text(file: Path) -> str:
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            raise BadMigrations(f"{FILE} is not a file, or too large to be one of a folder of migrations.")
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMigrations(f"{FILE} is not UTF-8 text.") from error
    except OSError as error:
        raise BadMigrations(f"{FILE} cannot be read: {error.strerror}.") from error


@dataclass(frozen=True, slots=True)
class _Entry:
    """One table of the file, while it is read."""

    content: str
    name: str

    def read(self, said: object) -> Declared:
        parts = self.name.split(".")
        if not isinstance(said, Mapping):
            raise self._wrong((self.name,), "is no table", f"Write {_EXAMPLE}.")
        if len(parts) != 3 or not all(parts):
            raise self._wrong((self.name,), "has to be schema.table.column", f"Write {_EXAMPLE}.")
        if unknown := [key for key in said if key not in _KEYS]:
            raise self._wrong((self.name, unknown[0]), "is not known", f"Keys are: {', '.join(_KEYS)}.")
        schema, table, column = parts
        return Declared(schema, table, column, self._columns(said), self._conditions(said))

    def _columns(self, said: Mapping[str, Any]) -> tuple[str, ...]:
        columns = said.get("text")
        if "text" not in said:
            raise self._wrong((self.name,), "does not say text", f"Write {_EXAMPLE}.")
        if not isinstance(columns, list) or not columns or not all(isinstance(each, str) and each for each in columns):
            raise self._wrong((self.name, "text"), "has to be a list of columns", f"Write {_EXAMPLE}.")
        return tuple(columns)

    def _conditions(self, said: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        where = said.get("where", {})
        if not isinstance(where, Mapping):
            hint = 'Write where = { status = "completed" }.'
            raise self._wrong((self.name, "where"), "has to be a table of columns and their values", hint)
        return tuple((column, self._values(column, value)) for column, value in where.items())

    def _values(self, column: str, said: object) -> tuple[str, ...]:
        values = said if isinstance(said, list) else [said]
        if not values or not all(isinstance(value, str | int) for value in values):
            hint = "A value is a text in quotes, a whole number, true or false, or a list of such."
            raise self._wrong((self.name, "where", column), "has no value to compare with", hint)
        return tuple(str(value).lower() if isinstance(value, bool) else str(value) for value in values)

    def _wrong(self, path: tuple[str, ...], sentence: str, hint: str) -> BadMigrations:
        line = lines.of_key(self.content, path)
        where = f" of {self.name}" if len(path) > 1 else ""
        return BadMigrations(sanitize(f"{FILE}, line {line}: {path[-1]}{where} {sentence}."), hint=hint, line=line)
