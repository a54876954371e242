"""Reads the two configuration files, the user's and the project's, and makes one configuration of them.

A project's file comes with the project, perhaps from a stranger: it adds profiles, but where both files name one the
user's holds, and a password command is the user's to set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from console.config import keys, page, paths, project, trust
from console.config.keys import Document
from console.config.profile import Profile
from console.errors import BrokenConfig

USER_FILE = "config.toml"
_FORM = 'Texts stand in quotes, tables in brackets: [profiles.dev], then url = "postgresql://…".'


@dataclass(frozen=True, slots=True)
class Configuration:
    """Every profile there is, and where each came from.

    `user_file` is where the user's file is or would be; `project_file` is None without one, and `trusted` tells
    whether its user has accepted it as it is. `folder` is the project's. `warnings` are sentences.
    """

    profiles: Mapping[str, Profile]
    default: str | None
    user_file: Path
    project_file: Path | None
    trusted: bool
    folder: Path
    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[str, ...] = ()


def user_file(environ: Mapping[str, str]) -> Path:
    """Return where the user's configuration file is, or would be."""
    return paths.config_dir(environ) / USER_FILE


def load(*, environ: Mapping[str, str], cwd: Path) -> Configuration:
    """Read both files, as far as they exist.

    Raises BrokenConfig, with file and line, for what cannot be read, does not parse, or says something unknown.
    """
    mine, theirs = user_file(environ), project.file(cwd)
    written = None if theirs is None else content(theirs)
    trusted = theirs is not None and written is not None and trust.trusted(theirs, written, environ=environ)
    return _merged(
        Configuration(
            profiles={},
            default=None,
            user_file=mine,
            project_file=theirs,
            trusted=trusted,
            folder=project.folder(cwd),
        ),
        user=document(mine, content(mine)),
        ours=Document() if theirs is None else document(theirs, written),
    )


def content(path: Path) -> bytes | None:
    """Return what a file holds, None where there is none. Raises BrokenConfig when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BrokenConfig(f"{path} cannot be read.", detail=error.strerror or "") from error


def document(path: Path, content: bytes | None) -> Document:
    """Return what a file's content says; no file says nothing. Raises BrokenConfig."""
    if content is None:
        return Document()
    return keys.read(*page.parsed(path, content, hint=_FORM))


def _merged(empty: Configuration, *, user: Document, ours: Document) -> Configuration:
    added = {
        name: replace(profile, password_command=None, trusted=empty.trusted)
        for name, profile in ours.profiles.items()
        if name not in user.profiles
    }
    profiles = MappingProxyType({**user.profiles, **added})
    for said in (user, ours):
        _check_default(said, profiles)
    return replace(
        empty,
        profiles=profiles,
        default=user.default or (None if _reaches_out(empty, user, ours) else ours.default),
        theme=user.theme,
        keys=user.keys,
        warnings=tuple(_warnings(empty, user, ours)),
    )


def _check_default(said: Document, profiles: Mapping[str, Profile]) -> None:
    if said.page is not None and said.default is not None and said.default not in profiles:
        raise said.page.broken(
            ["default"],
            "names a profile that does not exist",
            hint=f"Profiles are: {', '.join(sorted(profiles)) or 'none yet'}.",
        )


def _reaches_out(empty: Configuration, user: Document, ours: Document) -> bool:
    """Tell whether a project that is not trusted points at one of the user's own databases by default."""
    return ours.default in user.profiles and not empty.trusted


def _exposed(file: Path, said: Document) -> bool:
    """Tell whether a file with a password in one of its URLs is open to others."""
    carries = (re.search(r"://[^/@]*:[^/@]+@", profile.url) for profile in said.profiles.values())
    return any(carries) and bool(file.stat().st_mode & 0o077)


def _warnings(empty: Configuration, user: Document, ours: Document) -> Iterator[str]:
    file = empty.project_file
    for name, profile in ours.profiles.items():
        if name in user.profiles:
            yield f"Your own profile {name} holds; the one of that name in {file} is left aside."
        elif profile.password_command is not None:
            yield f"{file} sets password_command for {name}, which only your own {USER_FILE} may; it is left out."
    if _exposed(empty.user_file, user):
        yield f"{empty.user_file} holds a password and others may read it; chmod 600 keeps it to you."
    if _reaches_out(empty, user, ours) and user.default is None:
        yield f"{file} makes your own profile {ours.default} the default; that holds once you trust the file."
