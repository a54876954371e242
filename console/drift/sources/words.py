"""The words that name a source: `dir:FOLDER`, `dir:FOLDER@REVISION`, `sql:FILE`, `snapshot:FILE`, else a target."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from console.errors import UsageError
from console.text import sanitize


class Sort(StrEnum):
    """What sort of source a word names."""

    TARGET = "target"
    FOLDER = "dir"
    SQL = "sql"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was said, and what it means; `revision` is git's, empty for the folder as it lies there."""

    text: str
    sort: Sort
    path: Path = Path()
    revision: str = ""


_PREFIXES = {f"{sort}:": sort for sort in (Sort.FOLDER, Sort.SQL, Sort.SNAPSHOT)}


def meant(text: str, cwd: Path) -> Word:
    """Return what a word means; that a target exists is not looked after. Raises UsageError for a missing path."""
    prefix = next((each for each in _PREFIXES if text.startswith(each)), None)
    if prefix is None:
        return Word(text, Sort.TARGET)
    sort, rest = _PREFIXES[prefix], text.removeprefix(prefix)
    if not rest:
        what = "folder" if sort is Sort.FOLDER else "file"
        raise UsageError(f"{prefix} names no {what}.", hint=f"Say {prefix}{what.upper()}.")
    path, revision = _with_revision(cwd, rest) if sort is Sort.FOLDER else (cwd / rest, "")
    if sort is not Sort.FOLDER and not path.is_file():
        raise UsageError(f"There is no file {sanitize(rest)}.")
    if sort is Sort.FOLDER and not revision and not path.is_dir():
        raise UsageError(f"There is no folder {sanitize(rest)}.")
    return Word(text, sort, path, revision)


def _with_revision(cwd: Path, rest: str) -> tuple[Path, str]:
    """Tell the revision from the folder; a folder that has an @ in its name and is there wins."""
    folder, sign, revision = rest.rpartition("@")
    if not sign or not folder or (cwd / rest).is_dir():
        return cwd / rest, ""
    return cwd / folder, revision
