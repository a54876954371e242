"""What lies behind the names of an allowed statement: which of it may write, in words for a confirmation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.sql import builtins
from console.sql.reading import Verdict


@dataclass(frozen=True, slots=True)
class Use:
    """A row of `guard/uses`: a function or foreign table that is reached through the name `via`.

    `builtin` is the bare name of a function of PostgreSQL's own, else None; `extension` the extension it belongs to.
    `language` is a function's language, or a foreign table's wrapper.
    """

    kind: str
    via: str
    name: str
    builtin: str | None
    volatile: bool
    trusted: bool
    language: str
    extension: str | None


@dataclass(frozen=True, slots=True)
class Concern:
    """Something a statement would reach that may write; `sentence` says what, for a confirmation."""

    name: str
    via: str
    sentence: str


def parameters(verdict: Verdict, path: Sequence[str] | None = None) -> dict[str, object]:
    """Return the parameters of `guard/uses`.

    `path` is what `guard/searched_schemas` gave where the statement will run; without it names are looked for in every
    schema, which may find namesakes that the statement does not mean.
    """
    names = json.dumps([name._asdict() for name in verdict.names])
    return {"names": names, "path": None if path is None else list(path)}


def concerns(uses: Iterable[Use]) -> tuple[Concern, ...]:
    """Return what of all that is reached may write, each thing once for each name it is reached through."""
    return tuple(dict.fromkeys(concern for use in uses if (concern := _concern(use))))


def _concern(use: Use) -> Concern | None:
    reason = _reason(use)
    if not reason:
        return None
    through = "" if use.name.partition("(")[0].endswith(use.via) else f", reached through {use.via},"
    return Concern(use.name, use.via, f"{use.name}{through} {reason}.")


def _reason(use: Use) -> str:
    if use.kind == "foreign table":
        return f"is read from elsewhere by {use.language}, where the guard of this server ends"
    if use.builtin:
        known = use.builtin in builtins.safe() or use.builtin in builtins.inner()
        return "" if known else "is not on the list of PostgreSQL's functions that only read"
    if use.extension:
        return _of_extension(use, use.extension)
    if use.volatile:
        return "is volatile: it may write"
    return "" if use.trusted else f"is written in {use.language}, which may do anything on the server"


def _of_extension(use: Use, extension: str) -> str:
    known = builtins.extensions().get((extension, use.name.partition("(")[0].rpartition(".")[2]))
    if known:
        return "" if known == "reads" else f"{known} (extension {extension})"
    return f"is volatile (extension {extension}): it may write" if use.volatile else ""
