"""Arguments and options that several verbs share, so that they mean and say the same everywhere."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from console.cli.call.invocation import current

Function = TypeVar("Function", bound=Callable[..., Any])


def _gather(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> None:
    for value in values:
        name, sign, text = value.partition("=")
        if not (name and sign):
            raise click.BadParameter(f"{value!r} is not NAME=VALUE.")
        current().variables[name] = text


place = click.option("--dir", "folder", metavar="D", type=click.Path(path_type=Path), help="The folder of migrations.")


def directory(function: Function) -> Function:
    """Add the folder of migrations, and what is put in the place of variables in it."""
    variables = click.option(
        "--var",
        metavar="K=V",
        multiple=True,
        expose_value=False,
        callback=_gather,
        help="A variable in the files (Flyway's placeholders, goose's ENVSUB); may be repeated.",
    )
    return place(variables(function))


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else.")
yes = click.option("--yes", is_flag=True, help="Go ahead without asking (not on production).")
confirm = click.option("--confirm", metavar="NAME", help="The profile's name: what production asks for.")
confirms = click.option(
    "--confirm", metavar="NAME", multiple=True, help="The profile's name: what production asks for; may be repeated."
)
dry_run = click.option("--dry-run", is_flag=True, help="Show what would run, and run nothing.")


def _remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        current().env_name = value


environment = click.option(
    "--env", metavar="NAME", expose_value=False, callback=_remember, help="Read .env.NAME of the project as well."
)


def words_and(rest: str) -> Callable[[Function], Function]:
    """Add the target, with `rest` beside it, and the option that says by which environment it is understood."""

    def add(function: Function) -> Function:
        return click.argument("words", nargs=-1, metavar=f"[TARGET] {rest}".rstrip())(environment(function))

    return add


words = words_and("")


def words_of(shape: str) -> Callable[[Function], Function]:
    """Add positional words of a shape of their own, and the option by which environment they are understood."""

    def add(function: Function) -> Function:
        return click.argument("words", nargs=-1, metavar=f"[{shape}]")(environment(function))

    return add


class Which(NamedTuple):
    """Which targets a verb is for: words or a tag, and whether one that fails stops those after it."""

    words: tuple[str, ...]
    tag: str | None = None
    keep_going: bool = False

    def many(self, found: int, *, as_json: bool) -> bool:
        """Tell whether the answer is that of several targets; whoever asks by tag gets its document also for one."""
        return found > 1 or (self.tag is not None and as_json)


def targets(function: Callable[..., int]) -> Callable[..., int]:
    """Add the targets of a verb that takes several, and hand them over as one `which`."""

    @words_and("…")
    @click.option("--tag", metavar="T", help="Every profile with this tag, in the order of the configuration.")
    @click.option("--keep-going", is_flag=True, help="Of several targets, go on after one that fails.")
    @functools.wraps(function)
    def gathered(*, words: tuple[str, ...], tag: str | None, keep_going: bool, **rest: Any) -> int:
        return function(which=Which(words, tag, keep_going), **rest)

    return gathered


class How(NamedTuple):
    """How a verb that writes goes about it: only to show what it would do, without asking, with the names typed."""

    dry_run: bool
    yes: bool
    confirms: tuple[str, ...]
    as_json: bool

    @property
    def confirm(self) -> str | None:
        """The name that was typed for a single target."""
        return self.confirms[-1] if self.confirms else None

    def only(self, name: str) -> How:
        """Return the same for one of several targets: what was typed for another counts for nothing here."""
        return self._replace(confirms=(name,) if name in self.confirms else ())


def how(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of a verb that runs migrations, and hand them over as one `how`."""

    @dry_run
    @yes
    @confirms
    @as_json
    @functools.wraps(function)
    def gathered(*, dry_run: bool, yes: bool, confirm: tuple[str, ...], as_json: bool, **rest: Any) -> int:
        return function(how=How(dry_run, yes, confirm, as_json), **rest)

    return gathered
