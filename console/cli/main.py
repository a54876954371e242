"""The command `dbconsole`: finds the verb, runs it, and ends with the right words and exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from console import __version__
from console.cli import words
from console.cli.call import ending, garbage
from console.cli.call.invocation import Invocation
from console.cli.terminal import streams
from console.errors import UsageError

# verb → (module below console.cli, its function). Imported only when the verb is used: --version and --help stay quick.
VERBS = {
    "demo": ("demo", "demo"),
    "status": ("migrations.status.verb", "status"),
    "up": ("migrations.applying.verbs", "up"),
    "down": ("migrations.applying.verbs", "down"),
    "redo": ("migrations.applying.verbs", "redo"),
    "adopt": ("migrations.recording", "adopt"),
    "repair": ("migrations.recording", "repair"),
    "history": ("migrations.history", "history"),
    "verify": ("migrations.checking.verifying", "verify"),
    "rehearse": ("migrations.rehearsing", "rehearse"),
    "report": ("migrations.checking.reporting", "report"),
    "audit": ("migrations.checking.auditing", "audit"),
    "drift": ("drift.verb", "drift"),
    "validate": ("migrations.folders", "validate"),
    "lint": ("migrations.checking.linting", "lint"),
    "new": ("migrations.folders", "new"),
    "seed": ("migrations.seeding", "seed"),
    "inspect": ("inspecting", "inspect"),
    "query": ("rows.query", "query"),
    "dashboard": ("dashboards.verb", "dashboard"),
    "search": ("vectors.searching", "search"),
    "embed": ("vectors.embedding", "embed"),
    "profiles": ("profiles", "profiles"),
}
OPEN = ("opening", "console")


class Verbs(click.Group):
    """A verb wins over a profile's name; whatever else comes first is a target, and opens the console."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = _load(*VERBS[cmd_name])
        command.epilog = words.VERBS[cmd_name].epilog
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in VERBS:
            return super().resolve_command(ctx, args)
        if len(args) > 1:
            _refuse_unknown(args[0])
        return "console", _load(*OPEN), args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, group in words.GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(10), verb.line) for name, verb in group.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.epilog = words.overview()
        super().format_epilog(ctx, formatter)


def _refuse_unknown(word: str) -> None:
    """Raise UnknownProfile for a word that is no target, before the options of a misspelt verb are complained about."""
    from console.config import files, target

    profiles = files.load(environ=os.environ, cwd=Path.cwd()).profiles
    if not target.is_target(word, profiles):
        raise target.unknown(word, profiles)


def _load(module: str, function: str) -> click.Command:
    command = getattr(importlib.import_module(f"console.cli.{module}"), function)
    assert isinstance(command, click.Command)
    return command


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[TARGET | COMMAND …]",
)
@click.version_option(__version__, prog_name="dbconsole", message="%(prog)s %(version)s")
@click.option("--plain-output", is_flag=True, help="Send whole frames to the terminal, as Textual does by itself.")
@click.option("--env", "env_name", metavar="NAME", help="Read .env.NAME of the project as well.")
@click.pass_context
def cli(ctx: click.Context, plain_output: bool, env_name: str | None) -> int | None:
    """A console for PostgreSQL: schema, data and migrations.

    Without a command, opens the console on TARGET: a profile, a URL, service=NAME, demo or demo:NAME. Without one: the
    default profile, else DATABASE_URL, DB_* or PG* of the environment and the .env files, else the demo.
    """
    invocation = ctx.ensure_object(Invocation)
    invocation.plain_output, invocation.env_name = plain_output, env_name
    if ctx.invoked_subcommand is not None:
        return None
    if not (streams.on_terminal(sys.stdin) and streams.on_terminal(sys.stdout)):
        click.echo(ctx.get_help(), err=True)
        return 2
    result = ctx.invoke(_load(*OPEN))
    return result if isinstance(result, int) else 0


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit: codes are those of design section 5, whatever the output form."""
    garbage.seldom()
    streams.prepare()
    arguments = list(sys.argv[1:] if argv is None else argv)
    invocation = Invocation(as_json=_asks_for_json(arguments))
    sys.exit(ending.carried_out(lambda: _invoke(arguments, invocation), invocation))


def _invoke(arguments: list[str], invocation: Invocation) -> object:
    if any("\0" in argument for argument in arguments):  # no shell can pass one, a program that calls us could
        raise UsageError("An argument has a zero byte in it.")
    with cli.make_context("dbconsole", arguments, obj=invocation) as context:
        return cli.invoke(context)


def _asks_for_json(arguments: Sequence[str]) -> bool:
    """Tell whether even an error of usage is to be a document: click may stop before it has read the option."""
    return "--json" in arguments[: arguments.index("--") if "--" in arguments else None]
