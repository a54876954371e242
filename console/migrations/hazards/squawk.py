"""squawk, a linter of migrations, if it is installed: its findings beside ours, said once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from console.errors import BadSql, Refused
from console.migrations.files.folder import Script
from console.migrations.hazards.hazard import Hazard, Kind, Severity
from console.migrations.hazards.looking import Looked, ignored
from console.migrations.script import Piece, Program, parse
from console.text import sanitize

EXTRA = "pip install 'dbconsole[lint]'"
_SECONDS = 60.0
_AT_ONCE = 500  # files: what a command line takes on any system
_LONGEST = 400  # of a sentence that is not ours

# What our runner sees to by itself: timeouts, transactions, going on where a file stopped.
_SEEN_TO = (
    "require-timeout-settings",
    "require-lock-timeout",
    "require-statement-timeout",
    "prefer-robust-stmts",
    "transaction-nesting",
    "ban-uncommitted-transaction",
    "ban-concurrent-index-creation-in-transaction",
    "syntax-error",  # of what PostgreSQL's own grammar takes
)
# Its rules that our own hazards cover, with the version of the server, sizes, and what the script itself has made.
COVERED: Mapping[str, tuple[Kind, ...]] = {
    "adding-field-with-default": (Kind.REWRITE,),
    "adding-foreign-key-constraint": (Kind.SCAN,),
    "adding-not-nullable-field": (Kind.SCAN,),
    "adding-required-field": (Kind.FAIL,),
    "adding-serial-primary-key-field": (Kind.BUILD, Kind.REWRITE),
    "ban-alter-domain-with-add-constraint": (Kind.SCAN,),
    "ban-drop-column": (Kind.LOSS,),
    "ban-drop-database": (Kind.LOSS,),
    "ban-drop-table": (Kind.LOSS,),
    "ban-truncate-cascade": (Kind.CASCADE,),
    "changing-column-type": (Kind.REWRITE,),
    "constraint-missing-not-valid": (Kind.SCAN, Kind.BUILD),
    "disallowed-unique-constraint": (Kind.BUILD,),
    "prefer-repack": (Kind.REWRITE,),
    "renaming-column": (Kind.BREAK,),
    "renaming-table": (Kind.BREAK,),
    "require-concurrent-index-creation": (Kind.BUILD,),
    "require-concurrent-index-deletion": (Kind.LOCK,),
    "require-concurrent-partition-detach": (Kind.LOCK,),
    "require-concurrent-reindex": (Kind.BUILD,),
}
# Its other rules in our words: severity, what is the matter, what to do.
WORDS: Mapping[str, tuple[Severity, str, str]] = {
    "ban-char-field": (Severity.INFO, "char(n) pads with blanks and is no quicker.", "Take text."),
    "ban-create-domain-with-constraint": (
        Severity.INFO,
        "A domain's constraint can be changed only by reading every table that uses it.",
        "Take a CHECK of the table instead.",
    ),
    "ban-drop-not-null": (Severity.WARN, "Code that never met NULL in this column may fail.", ""),
    "ban-duplicate-column-assignments": (Severity.WARN, "One column is set twice.", ""),
    "identifier-too-long": (Severity.WARN, "PostgreSQL cuts a name to 63 bytes.", "Take a shorter name."),
    "prefer-bigint-over-int": (Severity.INFO, "An int ends at 2,147,483,647.", "Take bigint where rows are many."),
    "prefer-bigint-over-smallint": (Severity.INFO, "A smallint ends at 32,767.", "Take bigint or int."),
    "prefer-identity": (
        Severity.INFO,
        "The sequence of a serial column has an owner and rights of its own.",
        "Take GENERATED … AS IDENTITY.",
    ),
    "prefer-text-field": (
        Severity.INFO,
        "A varchar's length can be made smaller only by rewriting the table.",
        "Take text, with a CHECK where a limit matters.",
    ),
    "prefer-timestamp-tz": (Severity.INFO, "A timestamp does not know its time zone.", "Take timestamptz."),
    "require-enum-value-ordering": (
        Severity.INFO,
        "The new value comes last in the order of the enum.",
        "Say BEFORE or AFTER where the order matters.",
    ),
    "require-table-schema": (
        Severity.INFO,
        "Where this name leads is up to the search path.",
        "Write the schema before it.",
    ),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What squawk has to say about one script: rule, line from 1, and its own words."""

    rule: str
    line: int
    message: str
    help: str = ""


def program() -> Path | None:
    """Return the program: the one installed beside this Python, else the one on the path; None without one."""
    beside = Path(sys.executable).parent / "squawk"
    if os.access(beside, os.X_OK):
        return beside
    found = shutil.which("squawk")
    return Path(found) if found else None


def merged(found: Sequence[Looked], *, version: int | None, folder: Path) -> tuple[tuple[Looked, ...], str]:
    """Return what was looked at with squawk's findings added, and a sentence about squawk itself.

    `version` is the server's; without one the project's `.squawk.toml` may say it, as it says which rules are wanted.
    """
    path = program()
    if path is None:
        return tuple(found), f"squawk is not installed; {EXTRA} adds its rules."
    programs = [_program(each) for each in found]
    try:
        opinions = _ask(path, programs, version, folder)
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        return tuple(found), f"squawk was left out: {_failure(error)}."
    both = zip(found, programs, opinions, strict=True)
    return tuple(_with(each, program, said) if program else each for each, program, said in both), "with squawk"


def _program(each: Looked) -> Program | None:
    try:
        return parse(each.script) if each.script is not None and not each.problem else None
    except (BadSql, Refused):
        return None


def _failure(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it was not done after {error.timeout:.0f} s"
    if isinstance(error, OSError):
        return sanitize(error.strerror or "it cannot be run").lower()
    return "what it printed is not understood"


def _ask(path: Path, programs: Sequence[Program | None], version: int | None, folder: Path) -> list[list[Opinion]]:
    """Run it over the scripts, under names of ours: a file may be called anything, and hold more than one script."""
    opinions: list[list[Opinion]] = [[] for _ in programs]
    with tempfile.TemporaryDirectory(prefix="dbconsole-") as place:
        for inside in (True, False):
            numbers = [number for number, each in enumerate(programs) if each and each.transaction is inside]
            for number in numbers:
                _write(Path(place) / f"{number}.sql", programs[number])
            for start in range(0, len(numbers), _AT_ONCE):
                files = [f"{Path(place) / str(number)}.sql" for number in numbers[start : start + _AT_ONCE]]
                for each in _run(path, files, version, folder, inside=inside):
                    opinions[int(Path(each["file"]).stem)].append(_opinion(each))
    return opinions


def _write(path: Path, program: Program | None) -> None:
    assert program is not None
    script: Script = program.script
    path.write_text(script.text, "utf-8")


def _run(
    path: Path, files: Sequence[str], version: int | None, folder: Path, *, inside: bool
) -> list[Mapping[str, Any]]:
    options = ["--reporter", "json", f"--{'' if inside else 'no-'}assume-in-transaction"]
    options += ["--pg-version", f"{version}.0"] if version else []
    done = subprocess.run(
        [str(path), *options, "--", *files],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=folder,  # whose .squawk.toml, or that of a folder above, says which rules a project wants
        env={name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ},
    )
    found = json.loads(done.stdout)
    if not isinstance(found, list):
        raise TypeError
    return found


def _opinion(raw: Mapping[str, Any]) -> Opinion:
    return Opinion(str(raw["rule_name"]), int(raw["line"]) + 1, str(raw["message"]), str(raw.get("help") or ""))


def _with(found: Looked, program: Program, opinions: Iterable[Opinion]) -> Looked:
    """Add what squawk says: where we say the same, only the rule's name; what we judge better, not at all."""
    hazards = list(found.hazards)
    said: set[tuple[str, int]] = set()
    for opinion in opinions:
        piece = _piece(program.pieces, opinion.line)
        if opinion.rule in _SEEN_TO or piece is None or (opinion.rule, piece.number) in said:
            continue
        said.add((opinion.rule, piece.number))
        if opinion.rule in COVERED:
            _name(hazards, piece, opinion.rule)
        elif Kind.STYLE not in ignored(piece):
            hazards.append(_hazard(piece, opinion))
    return replace(found, hazards=tuple(sorted(hazards, key=lambda hazard: hazard.line)))


def _piece(pieces: Sequence[Piece], line: int) -> Piece | None:
    """Return the statement that a line belongs to."""
    return next((piece for piece in reversed(pieces) if piece.line <= line), pieces[0] if pieces else None)


def _name(hazards: list[Hazard], piece: Piece, rule: str) -> None:
    for number, hazard in enumerate(hazards):
        if (hazard.line, hazard.column) == (piece.line, piece.column) and hazard.kind in COVERED[rule]:
            if not hazard.rule:
                hazards[number] = replace(hazard, rule=rule)
            return


def _hazard(piece: Piece, opinion: Opinion) -> Hazard:
    theirs = (Severity.INFO, sanitize(opinion.message)[:_LONGEST], sanitize(opinion.help)[:_LONGEST])
    severity, sentence, advice = WORDS.get(opinion.rule, theirs)
    return Hazard(
        Kind.STYLE,
        severity,
        sentence,
        advice=advice,
        rule=sanitize(opinion.rule),
        statement=piece.title,
        line=piece.line,
        column=piece.column,
    )
