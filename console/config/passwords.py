"""Finds the password that a target does not carry: a password command, the desktop's keyring, a person.

libpq looks into its own places (PGPASSWORD, pgpass, the service file) when all of these have nothing; a person is asked
beforehand only where the URL has a placeholder, otherwise after the server has refused.
"""

from __future__ import annotations

import importlib
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace

from console.config.profile import Profile, Secret, Target
from console.errors import BrokenConfig, ConnectionFailed

Ask = Callable[[Target], Secret | None]
"""Asks a person for a target's password; None when nobody can be asked or nothing was given."""

SERVICE = "dbconsole"
_PATIENCE = 30.0


def complete(target: Target, *, environ: Mapping[str, str], ask: Ask | None = None) -> Target:
    """Return the target with its password, as far as one is to be found without trying to connect.

    Raises BrokenConfig and ConnectionFailed when a password command cannot be run or fails.
    """
    if target.password is not None or target.demo is not None:
        return target
    found = _of_profile(target.profile, environ) if target.profile is not None else None
    if found is None and target.ask_password and ask is not None:
        found = ask(target)
    return target if found is None else replace(target, password=found)


def from_command(command: str, *, environ: Mapping[str, str], patience: float = _PATIENCE) -> Secret:
    """Run a program, without a shell, and return the first line it prints.

    `patience` is in seconds. What the program printed is never repeated. Raises BrokenConfig when there is no such
    program, ConnectionFailed when it fails, takes too long, or prints nothing.
    """
    program, *arguments = shlex.split(command)
    try:
        process = subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
        )
    except OSError as error:
        raise BrokenConfig(
            f"The password command cannot be run: {program}.",
            detail=error.strerror or "",
            hint="It is run without a shell: name a program, and put pipes and redirections into a script.",
        ) from None
    with process:
        said = _first_line(process, patience)
    if process.returncode != 0:
        raise _failed(f"ended with exit code {process.returncode}")
    if not said:
        raise _failed("printed no password")
    return Secret(said)


def _first_line(process: subprocess.Popen[bytes], patience: float) -> str:
    try:
        printed, _ = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        raise _failed(f"took longer than {patience:.0f} s") from None
    return printed.decode(errors="surrogateescape").partition("\n")[0].rstrip("\r")


def _failed(how: str) -> ConnectionFailed:
    return ConnectionFailed(
        f"The password command {how}.",
        hint="Run it in a shell to see what it says; is its vault unlocked?",
    )


def from_keyring(name: str) -> Secret | None:
    """Return the password that the desktop's keyring has for a profile; None without one, or without a keyring."""
    try:
        keyring = importlib.import_module("keyring")
        refusals = importlib.import_module("keyring.errors")
    except ImportError:
        return None  # the extra is not installed
    try:
        found = keyring.get_password(SERVICE, name)
    except refusals.KeyringError:
        return None  # locked, or no desktop
    return Secret(found) if found else None


def _of_profile(profile: Profile, environ: Mapping[str, str]) -> Secret | None:
    if profile.password_command is not None:
        return from_command(profile.password_command, environ=environ)
    # A stranger's project could name its profile like one whose password lies in the keyring.
    return from_keyring(profile.name) if profile.trusted else None
