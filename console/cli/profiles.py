"""`dbconsole profiles`: list, add, remove, test, trust."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.terminal.telling import document, tell
from console.text import duration, plural, sanitize

if TYPE_CHECKING:
    from console.config.files import Configuration
    from console.config.profiles import Row
    from console.db.facts import Facts


@click.group(invoke_without_command=True)
@options.as_json
@click.pass_context
def profiles(ctx: click.Context, as_json: bool) -> int | None:
    """Named databases and how to treat them. Alone it lists them."""
    return None if ctx.invoked_subcommand else ctx.invoke(listing, as_json=as_json)


@profiles.command("list", short_help="List every profile, without connecting.")
@options.as_json
def listing(as_json: bool) -> int:
    """List every profile and the project's environments, without connecting. * is the default."""
    from console.config import files
    from console.config import profiles as found

    configuration = files.load(environ=os.environ, cwd=Path.cwd())
    rows = found.listing(configuration, environ=os.environ)
    environments = found.environments(configuration)
    _warn(configuration.warnings)
    if as_json:
        shapes = [{name: getattr(row, name) for name in row.__slots__} for row in rows]
        summary = plural(len(rows), "profile")
        document("", ok=True, summary=summary, profiles=shapes, environments=list(environments))
        return 0
    _print(rows, configuration)
    if environments:
        click.echo(f"Environments, for --env: {sanitize(', '.join(environments))}")
    return 0


def _print(rows: Sequence[Row], configuration: Configuration) -> None:
    from console.cli.terminal import lines

    if not rows:
        click.echo(f"There are no profiles yet ({sanitize(str(configuration.user_file))}).")
        click.echo("Make one: dbconsole profiles add NAME URL")
        return
    for row, line in zip(rows, lines.columns([tuple(_cells(row)) for row in rows]), strict=True):
        click.echo(line)
        if row.problem:
            lines.print_wrapped(f"! {sanitize(row.problem)}")


def _cells(row: Row) -> Iterator[str]:
    yield f"{'*' if row.default else ' '} {sanitize(row.name)}"
    yield row.guard.value
    yield sanitize("/".join(part for part in (row.host, row.database) if part))
    yield row.provider if row.provider != "other" else ""
    yield sanitize(" ".join((*row.tags, *([] if row.trusted else ["(not trusted)"]))))


@profiles.command(short_help="Give a database a name.")
@click.argument("name")
@click.argument("url")
@click.option("--guard", type=click.Choice(["open", "confirm", "production"]), help="How to protect it.")
@click.option("--dir", "folder", metavar="D", type=click.Path(path_type=Path), help="Its folder of migrations.")
@click.option("--tag", "tags", metavar="T", multiple=True, help="A tag; may be given several times.")
@click.option("--password-command", metavar="COMMAND", help="A program that prints the password.")
def add(
    name: str, url: str, guard: str | None, folder: Path | None, tags: tuple[str, ...], password_command: str | None
) -> int:
    """Add a profile to your own configuration; ${VARIABLES} in the URL stay as they are."""
    from console.config import edit, files

    settings = {
        "guard": guard,
        "migrations": str(folder.absolute()) if folder else None,
        "tags": list(tags),
        "password_command": password_command,
    }
    path = files.user_file(os.environ)
    _warn(edit.add(path, name, url, settings={key: value for key, value in settings.items() if value}))
    tell(f"✓ {sanitize(name)} is in {sanitize(str(path))}. Try it: dbconsole profiles test {sanitize(name)}")
    return 0


@profiles.command(short_help="Take a profile out.")
@click.argument("name")
def remove(name: str) -> int:
    """Take a profile out of your own configuration. The database is not touched."""
    from console.config import edit, files

    path = files.user_file(os.environ)
    edit.remove(path, name)
    tell(f"✓ {sanitize(name)} is no longer in {sanitize(str(path))}.")
    return 0


@profiles.command(short_help="Accept the project's dbconsole.toml.")
def trust() -> int:
    """Accept the project's dbconsole.toml as it is now, so that its ${VARIABLES} are expanded.

    Read it first: from then on it may look into your environment. A changed file has to be accepted again.
    """
    from console.config import project, trust
    from console.errors import UsageError

    path = project.file(Path.cwd())
    if path is None:
        raise UsageError("There is no dbconsole.toml here or above.", hint="Nothing needs to be trusted.")
    digest = trust.trust(path)
    tell(f"✓ {sanitize(str(path))} is trusted as it is now (sha256 {digest[:12]}…).")
    return 0


@profiles.command(short_help="Connect and tell what is there.")
@click.argument("target", required=False)
@options.environment
@options.as_json
def test(target: str | None, as_json: bool) -> int:
    """Connect to TARGET and tell what is there: driver, provider, pooler, role, rights, shadow."""
    from console.cli.call.running import run
    from console.cli.call.targeting import opened, resolve
    from console.db import facts

    found = resolve(target)

    async def work() -> Facts:
        async with opened(found, "test") as session:
            return await facts.read(session)

    told = run(work)
    summary = f"{sanitize(found.name)} answers in {duration(told.latency)}"
    if as_json:
        document(found.name, ok=True, summary=summary, facts=told.as_dict())
    else:
        _print_facts(told, f"{summary} ({sanitize(found.origin)})")
    return 0


def _print_facts(told: Facts, heading: str) -> None:
    from console.cli.terminal import lines

    click.echo(lines.GOOD(heading))
    for title, text in told.lines():
        first, *more = lines.wrapped(sanitize(text) or "–", indent=13)
        click.echo(f"  {title:10} {first}")
        for line in more:
            click.echo(f"{'':13}{line}")


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        tell(f"! {sanitize(warning)}", style="yellow")
