"""Options that several verbs share, so that they mean and say the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

directory = click.option(
    "--dir", "folder", metavar="D", type=click.Path(path_type=Path), help="The folder of migrations."
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else.")
yes = click.option("--yes", is_flag=True, help="Go ahead without asking (not on production).")
confirm = click.option("--confirm", metavar="NAME", help="The profile's name: what production asks for.")
dry_run = click.option("--dry-run", is_flag=True, help="Show what would run, and run nothing.")
words = click.argument("words", nargs=-1, metavar="[TARGET]")
