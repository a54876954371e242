"""Arguments and options that several verbs share, so that they mean and say the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from console.cli.invocation import current

Function = TypeVar("Function", bound=Callable[..., Any])

directory = click.option(
    "--dir", "folder", metavar="D", type=click.Path(path_type=Path), help="The folder of migrations."
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else.")
yes = click.option("--yes", is_flag=True, help="Go ahead without asking (not on production).")
confirm = click.option("--confirm", metavar="NAME", help="The profile's name: what production asks for.")
dry_run = click.option("--dry-run", is_flag=True, help="Show what would run, and run nothing.")


def _remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        current().env_name = value


environment = click.option(
    "--env", metavar="NAME", expose_value=False, callback=_remember, help="Read .env.NAME of the project as well."
)


def words(function: Function) -> Function:
    """Add the target, and the option that says by which environment it is understood."""
    return click.argument("words", nargs=-1, metavar="[TARGET]")(environment(function))
