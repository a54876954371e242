"""A TOML file while it is read: its table, and sentences about its keys that name file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.errors import BrokenConfig
from console.text import sanitize


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text while it is read; makes the errors that name file and line."""

    file: Path
    text: str = field(repr=False)

    def broken(self, path: Iterable[str], sentence: str, hint: str = "") -> BrokenConfig:
        """Return the error about the key at `path`: the sentence goes on from the key's name."""
        from console.config import lines

        *where, key = path
        table = f" in [{'.'.join(where)}]" if where else ""
        line = lines.of_key(self.text, (*where, key))
        title = f"{self.file}, line {line}: {key}{table} {sentence}."
        return BrokenConfig(sanitize(title), hint=hint, line=line)


def parsed(path: Path, content: bytes, *, hint: str) -> tuple[dict[str, Any], Page]:
    """Return what a file says, and its page. Raises BrokenConfig with the line and `hint`, which shows the form."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenConfig(sanitize(f"{path}, line {line}: this is not UTF-8 text."), line=line) from None
    import tomllib

    from console.config import lines

    try:
        return tomllib.loads(text), Page(path, text)
    except tomllib.TOMLDecodeError as error:
        said, line = lines.of_error(error, text)
        title = sanitize(f"{path}, line {line}: this is not TOML.")
        raise BrokenConfig(title, detail=sanitize(said), hint=hint, line=line) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        said = "It is nested too deeply." if isinstance(error, RecursionError) else "A number in it is too long."
        raise BrokenConfig(sanitize(f"{path}: this is not TOML that can be used."), detail=said, hint=hint) from None
