"""The command `dbconsole`: finds the verb, runs it, and ends with the right words and exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from console import __version__
from console.errors import ConsoleError

# verb → (module in console/cli, its function). Imported only when the verb is used: --version and --help stay quick.
VERBS = {
    "demo": ("demo", "demo"),
    "status": ("migrating", "status"),
    "up": ("migrating", "up"),
    "down": ("migrating", "down"),
    "redo": ("migrating", "redo"),
    "history": ("recording", "history"),
    "verify": ("recording", "verify"),
    "validate": ("folders", "validate"),
    "new": ("folders", "new"),
    "seed": ("seeding", "seed"),
    "inspect": ("inspecting", "inspect"),
    "query": ("query", "query"),
    "profiles": ("profiles", "profiles"),
}
OPEN = ("opening", "console")


class Verbs(click.Group):
    """A verb wins over a profile's name; whatever else comes first is a target, and opens the console."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _load(*VERBS[cmd_name]) if cmd_name in VERBS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in VERBS:
            return super().resolve_command(ctx, args)
        return "console", _load(*OPEN), args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from console.cli.words import VERB_HELP

        with formatter.section("Commands"):
            formatter.write_dl([(verb, VERB_HELP[verb]) for verb in VERBS])


def _load(module: str, function: str) -> click.Command:
    command = getattr(importlib.import_module(f"console.cli.{module}"), function)
    assert isinstance(command, click.Command)
    return command


@click.group(cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dbconsole", message="%(prog)s %(version)s")
@click.option("--plain-output", is_flag=True, help="Send whole frames to the terminal, as Textual does by itself.")
@click.option("--env", "env_name", metavar="NAME", help="Read .env.NAME of the project as well.")
@click.pass_context
def cli(ctx: click.Context, plain_output: bool, env_name: str | None) -> int | None:
    """A console for PostgreSQL: schema, data and migrations.

    Without a command, opens the console on TARGET: a profile, a URL, service=NAME, demo or demo:NAME.
    """
    ctx.obj = {"plain_output": plain_output, "env_name": env_name}
    if ctx.invoked_subcommand is not None:
        return None
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        click.echo(ctx.get_help(), err=True)
        return 2
    result = ctx.invoke(_load(*OPEN))
    return result if isinstance(result, int) else 0


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit: codes are those of design section 5, whatever the output form."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    sys.exit(_run(arguments))


def _run(arguments: list[str]) -> int:
    try:
        result = cli.main(arguments, prog_name="dbconsole", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ConsoleError as error:
        from console.cli.telling import tell_error

        tell_error(error, as_json="--json" in arguments)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return 130
    except BrokenPipeError:
        # Whoever read our output has left; the interpreter must not complain about it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
