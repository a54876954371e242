"""The options of `drift`, gathered as two values: how it is to be compared, and what becomes of the result."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from console.cli.call import options
from console.cli.call.shadowing import option as shadow_option

if TYPE_CHECKING:
    from console.drift.wishes import Wishes

_RENAME = "OLD is called NEW on the other side: rename it, and keep what is in it. May be repeated."
_REPORT = "Save what is missing, different and besides as Markdown, in the manner of `report`."
_FILE = click.Path(path_type=Path)

_HOW = (
    options.directory,
    click.option("--no-proof", is_flag=True, help="Do not run the statements in a throw-away PostgreSQL."),
    click.option("--rename", "renames", metavar="OLD=NEW", multiple=True, help=_RENAME),
    click.option("--ignore-generated-names", is_flag=True, help="Names that the server has chosen may differ."),
    click.option("--keep-data", is_flag=True, help="Leave out what loses rows or values."),
    click.option("--online", is_flag=True, help="Take the forms that let others go on working."),
    shadow_option,
    options.yes,
    options.confirm,
)
_FORM = (
    click.option("--sql", "as_sql", is_flag=True, help="Only SQL on standard output, for psql -v ON_ERROR_STOP=1 -f."),
    click.option("--write", "name", metavar="NAME", help="Save what is proved as a migration, with its way back."),
    click.option("--report", "report", metavar="FILE", type=_FILE, help=_REPORT),
    click.option("--snapshot", metavar="FILE", type=_FILE, help="Save the catalog of FROM as JSON."),
    options.as_json,
)


@dataclass(frozen=True, slots=True)
class How:
    """How the comparison is made: where the migrations lie, in which shadow, with whose word, to what end."""

    folder: Path | None
    shadow: str | None
    yes: bool
    confirm: str | None
    wishes: Wishes
    proof: bool
    name: str | None
    quiet: bool

    @property
    def asks(self) -> bool:
        """Whether something was said that only a comparison can answer."""
        from console.drift.wishes import Wishes

        return self.name is not None or not self.proof or self.wishes != Wishes()


@dataclass(frozen=True, slots=True)
class Form:
    """What is printed, and what is saved where."""

    as_sql: bool
    as_json: bool
    snapshot: Path | None
    report: Path | None

    def only_saves(self, words: tuple[str, ...], how: How) -> bool:
        """Tell whether nothing is to be compared: one side is to be saved, and nothing else was said."""
        asked = self.as_sql or self.report is not None or how.asks
        return self.snapshot is not None and len(words) < 2 and not asked

    def must_be_possible(self, name: str | None, *, proof: bool) -> None:
        """Raise UsageError, before anything is done, for what excludes each other and for files that cannot be made."""
        from console.errors import UsageError
        from console.migrations.report import writing

        if self.as_sql and self.as_json:
            raise UsageError("--sql and --json are two forms of one output.", hint="Say one of them.")
        if name is not None and not proof:
            raise UsageError("--write saves only what is proved, and --no-proof leaves that out.")
        for file, what in ((self.snapshot, "snapshot"), (self.report, "report")):
            if file is not None:
                writing.must_be_writable(file, what)
        if self.snapshot is not None and self.report is not None and _same(self.snapshot, self.report):
            raise UsageError("--snapshot and --report name one file.")


def wished(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of `drift`, and hand them over as `how` and `form`. Raises UsageError for what makes no sense."""

    @functools.wraps(function)
    def gathered(
        *,
        words: tuple[str, ...],
        as_sql: bool,
        as_json: bool,
        snapshot: Path | None,
        report: Path | None,
        name: str | None,
        no_proof: bool,
        **rest: Any,
    ) -> int:
        form = Form(as_sql, as_json, snapshot, report)
        form.must_be_possible(name, proof=not no_proof)
        wishes = _wishes(**{each: rest.pop(each) for each in _WISHES})
        how = How(**rest, wishes=wishes, proof=not no_proof, name=name, quiet=as_json)
        return function(words=words, how=how, form=form)

    for option in reversed((*_FORM, *_HOW)):
        gathered = option(gathered)
    return gathered


_WISHES = ("renames", "ignore_generated_names", "keep_data", "online")


def _wishes(renames: tuple[str, ...], **flags: bool) -> Wishes:
    from console.drift.wishes import Rename, Wishes

    return Wishes(tuple(map(Rename.of, renames)), **flags)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
