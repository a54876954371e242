"""Sqitch: a plan, and scripts in deploy/, revert/ and verify/ that only Sqitch itself runs, through psql.

The folder is the one with sqitch.plan in it, or with a sqitch.conf that leads to a plan. A change that was reworked
later has the name of a tag behind its own. The checksum is the SHA-1 of the deploy script as it is.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, reading, sqitch_plan
from console.migrations.files.folder import Finding, Folder, Migration, Places, Script
from console.migrations.files.own_tool import OwnTool
from console.migrations.files.sqitch_plan import Change, SqitchPlan
from console.text import sanitize

FORMAT = "sqitch"
TOOL = OwnTool(
    name="Sqitch",
    up="sqitch deploy",
    down="sqitch revert --to @HEAD^",
    redo="sqitch rebase --onto @HEAD^",
    new="sqitch add NAME",
    adopt="sqitch deploy --log-only",
    verify="sqitch verify",
    late="Sqitch takes the plan in its order and stops there",
)
PLAN, _CONF = "sqitch.plan", "sqitch.conf"
_FOLDERS = ("deploy", "revert", "verify")
_SECTION = re.compile(r'\[[ \t]*(?P<name>[\w.-]+)(?:[ \t]+"(?P<of>[^"]*)")?[ \t]*\]')


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a project's files are, relative to its folder, and how its scripts' names end."""

    plan: str
    deploy: str
    revert: str
    verify: str
    extension: str


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is Sqitch's: it has a plan, or a sqitch.conf that leads to one."""
    if PLAN in names:
        return True
    return _CONF in names and (path / layout(path).plan).is_file()


def layout(path: Path) -> Layout:
    """Return where the files of a project are: as its sqitch.conf says for PostgreSQL, else as usual."""
    said = _settings(path / _CONF)
    top = said.get("top_dir", ".")
    plan, *folders = (
        os.path.normpath(said.get(word, os.path.join(top, usual)))
        for word, usual in (("plan_file", PLAN), *((f"{name}_dir", name) for name in _FOLDERS))
    )
    deploy, revert, verify = folders
    return Layout(plan, deploy, revert, verify, said.get("extension", "sql"))


def plan(path: Path) -> SqitchPlan:
    """Return the plan of a project. Raises BadMigrations when it cannot be read."""
    return sqitch_plan.read(_inside(path, layout(path).plan))


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; variables are Sqitch's own matter.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    reading.names(path)
    findings: list[Finding] = []
    migrations: list[Migration] = []
    where = layout(path)
    try:
        changes = plan(path).changes
    except BadMigrations as error:
        return Folder(path, FORMAT, (), findings=(complaints.broken(error, path / where.plan),), tool=TOOL)
    for change in changes:
        try:
            migrations.append(_migration(path, where, change))
        except BadMigrations as error:
            findings.append(complaints.broken(error, path / where.plan))
    findings += _unknown(changes, path / where.plan)
    findings += [_no_script(each) for each in migrations if not each.checksum]
    if not changes:
        sentence = f"There is no change in {sanitize(where.plan)} yet: {TOOL.new} makes one."
        findings.append(Finding(sentence, path / where.plan, fatal=True))
    order = Places(tuple(change.version for change in changes))
    return Folder(path, FORMAT, tuple(migrations), order, None, tuple(findings), tool=TOOL)


def _settings(path: Path) -> dict[str, str]:
    """Return what holds for PostgreSQL: its own section's words over those of [core]."""
    try:
        text = reading.text(path) if path.exists() else ""
    except BadMigrations:
        return {}
    found: dict[str, dict[str, str]] = {"core": {}, 'engine "pg"': {}}
    section = ""
    for line in text.split("\n"):
        said = re.split("[#;]", line, maxsplit=1)[0].strip()
        name, is_set, value = said.partition("=")
        if head := _SECTION.fullmatch(said):
            section = head["name"].lower() + (f' "{head["of"]}"' if head["of"] else "")
        elif is_set and section in found:
            found[section][name.strip().lower()] = value.strip().strip('"')
    return {**found["core"], **found['engine "pg"']}


def _inside(path: Path, name: str) -> Path:
    """Return a file below the project's folder. Raises BadMigrations for one that is not."""
    whole = os.path.normpath(path / name)
    if not Path(whole).is_relative_to(os.path.normpath(path)):
        raise BadMigrations(f"{sanitize(name)} leads out of the folder {sanitize(str(path))}.")
    return Path(whole)


def _migration(path: Path, where: Layout, change: Change) -> Migration:
    ending = _ending(path, where, change)
    deploy = _inside(path, os.path.join(where.deploy, change.name + ending))
    there = deploy.exists()
    text = reading.text(deploy) if there else ""
    return Migration(
        change.version,
        "",
        hashlib.sha1(deploy.read_bytes(), usedforsecurity=False).hexdigest() if there else "",
        Script(deploy, text),
        _script(path, where.revert, change.name + ending),
        _script(path, where.verify, change.name + ending),
        unsupported=TOOL.reason,
    )


def _ending(path: Path, where: Layout, change: Change) -> str:
    """Return how a change's scripts end: one that was reworked has that tag in it for which there is a file."""
    plain = [f"@{tag}.{where.extension}" for tag in change.reworked or ()]
    there = (each for each in plain if _inside(path, os.path.join(where.deploy, change.name + each)).exists())
    return next(there, plain[0] if plain else f".{where.extension}")


def _script(path: Path, folder: str, name: str) -> Script | None:
    file = _inside(path, os.path.join(folder, name))
    return Script(file, reading.text(file)) if file.exists() else None


def _unknown(changes: Sequence[Change], path: Path) -> list[Finding]:
    """Name what a change requires that the plan does not have before it; another project's changes are not known."""
    findings: list[Finding] = []
    known: set[str] = set()
    for change in changes:
        for need in change.needs:
            wanted = need.partition("@")[0] or need  # a change, with or without a tag; or a tag alone
            if not need.startswith("!") and ":" not in need and wanted not in known:
                sentence = f"{sanitize(change.name)} requires {sanitize(need)}, which does not come before it."
                findings.append(Finding(sentence, path, change.line))
        known.update((change.name, *(f"@{tag}" for tag in change.tags)))
    return findings


def _no_script(migration: Migration) -> Finding:
    name = sanitize(migration.up.path.name)
    return Finding(f"{sanitize(migration.label)} has no deploy script {name}.", migration.up.path)
