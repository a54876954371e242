"""How a command ends: whatever was raised becomes a sentence, an exit code and, with --json, the one document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection

import click

from console.cli.call.invocation import Invocation
from console.cli.terminal import streams
from console.cli.terminal.telling import document, tell_error
from console.errors import ConsoleError, Interrupted, UsageError

_FINE = 0
_GRAVEST = (130, 4, 3, 5, 2, 1, 6)


def carried_out(work: Callable[[], object], invocation: Invocation) -> int:
    """Do the work of a command line and return the exit code, the same whatever the output form.

    Whoever reads our output may leave early (`| head`); that is no failure.
    """
    try:
        result = work()
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except BrokenPipeError:
        streams.let_go(sys.stdout)
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place where a fault can get words
        return _failed(in_words(error), invocation)
    return result if isinstance(result, int) else 0


def gravest(codes: Collection[int]) -> int:
    """Return the exit code of several: interrupted, failed, not connected, refused, wrong usage, findings, not known.

    >>> gravest({0, 1, 4, 3}), gravest({0, 6, 1}), gravest({0})
    (4, 1, 0)
    """
    return next((code for code in _GRAVEST if code in codes), _FINE)


def in_words(error: BaseException) -> ConsoleError:
    """Return the console's own error for whatever was raised."""
    match error:
        case ConsoleError():
            return error
        case click.Abort() | KeyboardInterrupt():
            return Interrupted("Interrupted.")
        case click.UsageError(ctx=click.Context() as context):
            return UsageError(error.format_message(), hint=f"{context.command_path} --help tells what it takes.")
        case click.ClickException():
            return UsageError(error.format_message())
        case OSError(filename=None):
            return UsageError(f"The output cannot be written: {error.strerror or error}. What was done stays done.")
        case OSError():
            return UsageError(f"{error.filename}: {error.strerror}.")
    return _fault(error)


def _fault(error: BaseException) -> ConsoleError:
    """Return the words for a fault of the program itself, which is written down without any value."""
    from console.ui import crash

    try:
        title, _, where = crash.remember(error).partition("\n")
    except ConsoleError as unwritable:
        title, where = f"dbconsole has a fault and had to stop ({type(error).__name__}).", unwritable.title
    return ConsoleError(title, detail=where)


def _failed(error: ConsoleError, invocation: Invocation) -> int:
    tell_error(error)
    try:
        if invocation.as_json:
            document(invocation.target, ok=False, summary=error.title, error=error.as_dict())
        sys.stdout.flush()
    except OSError:
        streams.let_go(sys.stdout)
    return error.exit_code
