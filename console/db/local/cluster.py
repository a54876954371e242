"""Makes the data folder of an embedded server, and finds a place for its socket."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from console.db.local import models, service_user
from console.db.local.installations import Installation
from console.db.local.service_user import ServiceUser
from console.errors import ConnectionFailed, UsageError

SUPERUSER = "postgres"
_LONGEST = 80  # of the 107 bytes that a socket's path may have
# Only the socket, in its private folder, is entered without a password; a port of the loopback is everybody's.
_ACCESS = ("--auth-local=trust", "--auth-host=scram-sha-256")


def make(installation: Installation, data: Path, user: ServiceUser, *, throwaway: bool = False) -> None:
    """Make a cluster where there is none; what is half-made is never taken for whole. A throw-away one may be a copy.

    Raises ConnectionFailed with initdb's own words, UsageError for a cluster of another version.
    """
    if (data / "PG_VERSION").exists():
        _must_fit(installation, data)
        return
    half = data.with_suffix(".new")
    shutil.rmtree(half, ignore_errors=True)
    user.own(half)
    try:
        if throwaway:
            models.lay(installation, half, user, lambda folder: _initdb(installation, folder, user))
        else:
            _initdb(installation, half, user)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    half.rename(data)


def _initdb(installation: Installation, folder: Path, user: ServiceUser) -> None:
    provider = ["--locale-provider=builtin"] if installation.version >= 17 else []
    command = [str(installation.bin / "initdb"), f"--pgdata={folder}", f"--username={SUPERUSER}", *_ACCESS]
    command += ["--encoding=UTF8", *provider, "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, **user.run_options())
    if done.returncode != 0:
        raise failed("could not make its data folder", done.stderr.strip(), f"It was to be in {folder.parent}")


def socket_folder(user: ServiceUser, data: Path) -> Path:
    """Return a short private folder: a socket's path may have 107 bytes, and a data folder's name has no bound.

    A comma would be taken for the end of a host by libpq.
    """
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    if user.as_root:
        return service_user.sockets_home(user) / mark
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    homes = [Path(runtime) / f"dbconsole-{mark}"] if runtime and Path(runtime).is_dir() else []
    homes += [data.parent / "s"]
    return next(filter(_fits, homes), Path(tempfile.gettempdir()) / f"dbconsole-{user.uid}-{mark}")


def failed(what: str, said: str, hint: str) -> ConnectionFailed:
    """Return what to raise when the server's programs failed, with what they said."""
    full = "No space left on device" in said
    return ConnectionFailed(
        f"The embedded PostgreSQL {what}{': the disk is full' if full else ''}.",
        detail=said[-2000:],
        hint=f"{'Make room on the disk. ' if full else ''}{hint}",
    )


def _must_fit(installation: Installation, data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != str(installation.version):
        raise UsageError(
            f"{data} holds a cluster of PostgreSQL {version}, and the programs are of {installation.version}.",
            hint="Move it away; a new one is made then.",
        )


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= _LONGEST and re.fullmatch(r"[\w./~+@ -]+", str(path), re.ASCII) is not None
