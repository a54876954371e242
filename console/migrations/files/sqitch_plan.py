"""Sqitch's plan: a text file with a line for each change and each tag, in the order of deployment.

A change is known by an ID, the SHA-1 of what its line says together with the ID of the change before it. So an edited
line gives another ID to all that comes after it.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from console.errors import BadMigrations
from console.migrations.files import reading
from console.text import sanitize

_PRAGMA = re.compile(r"%[ \t]*(?P<name>[^=\s]+)(?:[ \t]*=[ \t]*(?P<value>.+))?")
_PUNCTUATION = re.escape(string.punctuation)
_LINE = re.compile(
    rf"""
    (?: (?P<sign> [@+-] ) [ \t]* )?
    (?P<name> (?![{_PUNCTUATION}]) [^\s@:\#\\\[]+ ) [ \t]*
    (?: \[ (?P<needs> [^\]]* ) \] [ \t]* )?
    (?P<date> \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ ) [ \t]*
    (?P<planner> [^<\s] (?: [^<]* [^<\s] )? [ \t]+ <[^>]+> )
    """,
    re.VERBOSE | re.ASCII,
)
_ESCAPED = re.compile(r"\\([nr\\])")
_SIGNS = {"n": "\n", "r": "\r", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a plan. `needs` are the changes and tags it names, those with `!` in conflict with it.

    `tags` stand at it; `reworked` are the tags between it and the next change of its name, if there is one: then its
    scripts carry one of these in their names. `line` is where it stands, from 1.
    """

    id: str
    name: str
    note: str
    needs: tuple[str, ...]
    line: int
    tags: tuple[str, ...] = ()
    reworked: tuple[str, ...] | None = None

    @property
    def version(self) -> str:
        """What tells it from all others of the plan: its name, for one that was reworked later with a tag."""
        return f"{self.name}@{self.reworked[0]}" if self.reworked else self.name


@dataclass(frozen=True, slots=True)
class SqitchPlan:
    """A plan: the project, and its changes in order."""

    project: str
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _Reading:
    path: Path
    pragmas: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)  # name → its newest change
    tags: dict[str, int] = field(default_factory=dict)  # tag → the change it stands at

    def wrong(self, number: int, sentence: str) -> BadMigrations:
        return BadMigrations(f"{sanitize(self.path.name)}, line {number}: {sentence}", line=number)


def read(path: Path) -> SqitchPlan:
    """Return the plan in a file. Raises BadMigrations with the line that is not as Sqitch writes it."""
    plan = _Reading(path)
    for number, line in enumerate(reading.text(path).split("\n"), 1):
        said, _, note = line.partition("#")
        if not said.strip():
            continue
        if said.lstrip().startswith("%"):
            _pragma(plan, said, number)
        else:
            _line(plan, said.strip(), note, number)
    if "project" not in plan.pragmas:
        raise BadMigrations(f"{sanitize(path.name)} has no line “%project=…”.")
    return SqitchPlan(plan.pragmas["project"], tuple(plan.changes))


def _pragma(plan: _Reading, said: str, number: int) -> None:
    match = _PRAGMA.fullmatch(said.strip())
    if match is None:
        raise plan.wrong(number, "this is no pragma such as %project=name.")
    plan.pragmas[match["name"]] = match["value"] or ""


def _line(plan: _Reading, said: str, note: str, number: int) -> None:
    match = _LINE.fullmatch(said)
    if match is None:
        raise plan.wrong(number, "this is neither a change nor a tag: name, time and planner are wanted.")
    if "project" not in plan.pragmas:
        raise plan.wrong(number, "“%project=…” has to come before the first change.")
    (_tag if match["sign"] == "@" else _change)(plan, match, _unescaped(note), number)


def _tag(plan: _Reading, match: re.Match[str], note: str, number: int) -> None:
    if not plan.changes:
        raise plan.wrong(number, "a tag needs a change before it.")
    if match["name"] in plan.tags:
        raise plan.wrong(number, f"the tag @{sanitize(match['name'])} is there twice.")
    plan.tags[match["name"]] = len(plan.changes) - 1
    plan.changes[-1] = replace(plan.changes[-1], tags=(*plan.changes[-1].tags, match["name"]))


def _change(plan: _Reading, match: re.Match[str], note: str, number: int) -> None:
    name, needs = match["name"], tuple((match["needs"] or "").split())
    before = plan.last.get(name)
    if before is not None:
        # The nearest tags first, in which order their scripts are looked for.
        tags = tuple(tag for change in reversed(plan.changes[before:]) for tag in change.tags)
        if not tags:
            raise plan.wrong(number, f"{sanitize(name)} is there twice with no tag between.")
        plan.changes[before] = replace(plan.changes[before], reworked=tags)
    plan.last[name] = len(plan.changes)
    plan.changes.append(Change(_id(plan, match, needs, note), name, note, needs, number))


def _id(plan: _Reading, match: re.Match[str], needs: Sequence[str], note: str) -> str:
    project = plan.pragmas["project"]
    uri = _canonical(plan.pragmas.get("uri", ""))
    wanted = [_meant(each, project) for each in needs if not each.startswith("!")]
    against = [_meant(each[1:], project) for each in needs if each.startswith("!")]
    lines = [
        f"project {project}",
        *([f"uri {uri}"] if uri else []),
        f"change {match['name']}",
        *([f"parent {plan.changes[-1].id}"] if plan.changes else []),
        f"planner {match['planner']}",
        f"date {match['date']}",
        *(["requires", *(f"  + {each}" for each in wanted)] if wanted else []),
        *(["conflicts", *(f"  - {each}" for each in against)] if against else []),
        *(["", note] if note else []),
    ]
    content = "\n".join(lines).encode()
    return hashlib.sha1(b"change %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def _canonical(uri: str) -> str:
    """Return an address with scheme and host in small letters, and the path that an empty one stands for.

    >>> _canonical("HTTPS://Example.org"), _canonical("https://example.org/Demo")
    ('https://example.org/', 'https://example.org/Demo')
    """
    try:
        parts = urlsplit(uri)
    except ValueError:
        return uri
    path = "/" if parts.scheme in ("http", "https") and not parts.path else parts.path
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, parts.query, parts.fragment))


def _meant(need: str, project: str) -> str:
    return need.removeprefix(f"{project}:")


def _unescaped(note: str) -> str:
    return _ESCAPED.sub(lambda match: _SIGNS[match[1]], note.strip())
