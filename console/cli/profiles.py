"""`dbconsole profiles`: list, add, remove, test, trust."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import options
from console.cli.telling import document, tell
from console.text import duration, sanitize

if TYPE_CHECKING:
    from console.db.facts import Facts


@click.group(invoke_without_command=True)
@click.pass_context
def profiles(ctx: click.Context) -> int | None:
    """Named databases and how to treat them. Alone it lists them."""
    return None if ctx.invoked_subcommand else ctx.invoke(listing, as_json=False)


@profiles.command("list")
@options.as_json
def listing(as_json: bool) -> int:
    """List every profile, without connecting."""
    from console.config import files
    from console.config import profiles as found

    configuration = files.load(environ=os.environ, cwd=Path.cwd())
    rows = found.listing(configuration, environ=os.environ)
    for warning in configuration.warnings:
        tell(f"! {warning}", style="yellow")
    if as_json:
        shapes = [{name: getattr(row, name) for name in row.__slots__} for row in rows]
        document("", ok=True, summary=f"{len(rows)} profiles", profiles=shapes)
        return 0
    if not rows:
        click.echo(
            f"There are no profiles yet. Make one with: dbconsole profiles add NAME URL ({configuration.user_file})"
        )
    width = max((len(row.name) for row in rows), default=0)
    for row in rows:
        where = f"{row.host}/{row.database}" if row.host or row.database else ""
        marks = [row.guard.value, row.provider if row.provider != "other" else "", *row.tags]
        notes = ["default"] * row.default + ["not trusted"] * (not row.trusted) + [row.problem] * bool(row.problem)
        facts = "  ".join(part for part in (where, *marks, *notes) if part)
        click.echo(f"{'*' if row.default else ' '} {row.name:{width}}  {sanitize(facts)}")
    return 0


@profiles.command()
@click.argument("name")
@click.argument("url")
@click.option("--guard", type=click.Choice(["open", "confirm", "production"]), help="How to protect it.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given several times.")
@click.option("--password-command", help="A program that prints the password.")
def add(name: str, url: str, guard: str | None, tags: tuple[str, ...], password_command: str | None) -> int:
    """Add a profile to your own configuration; ${VARIABLES} in the URL stay as they are."""
    from console.config import edit, files

    settings: dict[str, object] = {}
    if guard:
        settings["guard"] = guard
    if tags:
        settings["tags"] = list(tags)
    if password_command:
        settings["password_command"] = password_command
    path = files.user_file(os.environ)
    for warning in edit.add(path, name, url, settings=settings):
        tell(f"! {warning}", style="yellow")
    tell(f"✓ {name} is in {path}. Try it: dbconsole profiles test {name}")
    return 0


@profiles.command()
@click.argument("name")
def remove(name: str) -> int:
    """Take a profile out of your own configuration."""
    from console.config import edit, files

    path = files.user_file(os.environ)
    edit.remove(path, name)
    tell(f"✓ {name} is no longer in {path}.")
    return 0


@profiles.command()
def trust() -> int:
    """Accept the project's dbconsole.toml as it is now, so that its ${VARIABLES} are expanded."""
    from console.config import project, trust
    from console.errors import UsageError

    path = project.file(Path.cwd())
    if path is None:
        raise UsageError("There is no dbconsole.toml here or above.", hint="Nothing needs to be trusted.")
    digest = trust.trust(path)
    tell(f"✓ {path} is trusted as it is now (sha256 {digest[:12]}…).")
    return 0


@profiles.command()
@click.argument("name", required=False)
@options.as_json
def test(name: str | None, as_json: bool) -> int:
    """Connect and tell what is there: driver, provider, pooler, role, rights, shadow."""
    from console.cli.running import run
    from console.cli.targeting import opened, resolve
    from console.db import facts

    target = resolve(name)

    async def work() -> Facts:
        async with opened(target, "test") as session:
            return await facts.read(session)

    found = run(work)
    if as_json:
        document(target.name, ok=True, summary="connected", facts=found.as_dict())
        return 0
    click.echo(f"✓ {sanitize(target.name)} answers in {duration(found.latency)} ({sanitize(target.origin)})")
    for title, text in found.lines():
        click.echo(f"  {title:10} {sanitize(text)}")
    return 0
