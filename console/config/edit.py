"""Adds and removes profiles in the user's configuration file; every comment and blank line stays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from console.config import files, names, paths, urls
from console.errors import UnknownProfile, UsageError


def add(path: Path, name: str, url: str, *, settings: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """Write `[profiles.NAME]` at the end of the file and return sentences about its URL.

    `settings` are further keys (`guard`, `tags`, …). The file is readable by its user alone afterwards. Raises
    UsageError when the name is taken or impossible, BadUrl, and BrokenConfig when the file, or what would become
    of it, cannot be used; then nothing is written.
    """
    if reason := names.objection(name):
        raise UsageError(f"A profile cannot be named so: it {reason}.", hint="Choose another name.")
    warnings = () if "${" in url else urls.parse(url).warnings
    text = _text(path)
    if name in files.document(path, text.encode()).profiles:
        raise UsageError(
            f"There is a profile {name} already; nothing was changed.",
            hint=f"Remove it first (dbconsole profiles remove {name}), or edit {path}.",
        )
    _write(path, _with(text, name, {"url": url, **(settings or {})}))
    return warnings


def remove(path: Path, name: str) -> None:
    """Take a profile out of the file, and `default` with it if it names that profile.

    Raises UnknownProfile when it is not there, BrokenConfig, and UsageError when it cannot be taken out alone.
    """
    from console.config import lines

    text = _text(path)
    said = files.document(path, text.encode())
    if name not in said.profiles:
        raise _not_there(path, name, said.profiles)
    rest = lines.without(text, ["profiles", name])
    if said.default == name:
        rest = lines.without(rest, ["default"])
    if set(files.document(path, rest.encode()).profiles) != set(said.profiles) - {name}:
        raise UsageError(f"Profile {name} shares a line with others; nothing was changed.", hint=f"Edit {path}.")
    _write(path, rest)


def _not_there(path: Path, name: str, profiles: Mapping[str, object]) -> UnknownProfile:
    meant = names.nearest(name, profiles)
    return UnknownProfile(
        f"There is no such profile in {path}; nothing was changed.", hint=f"Did you mean {meant}?" if meant else ""
    )


def _text(path: Path) -> str:
    content = files.content(path) or b""
    files.document(path, content)  # a broken file is not edited
    return content.decode("utf-8-sig")


def _with(text: str, name: str, values: Mapping[str, Any]) -> str:
    import tomlkit

    said = {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
    table = tomlkit.dumps({"profiles": {name: said}})
    between = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{between}{table}"


def _write(path: Path, text: str) -> None:
    files.document(path, text.encode())  # what would be broken afterwards is refused before
    paths.write_private(path, text)
