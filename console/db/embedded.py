"""A PostgreSQL server of our own: made and started from programs on this machine, private to its user, stopped by us.

The server listens on a unix socket in a private folder only (trust authentication is safe there: the folder is 0700),
or, when asked, on a port of the loopback as well. Several consoles may share one server: each holds a shared lock on a
file beside the data, and whoever can take that lock alone on leaving is the last one and stops the server.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from console.db import installations, service_user
from console.db.installations import Installation
from console.db.service_user import ServiceUser
from console.errors import ConnectionFailed

_READY_LINE = 7  # of postmaster.pid, since PostgreSQL 10
_PATIENCE = 60.0
_SUPERUSER = "postgres"
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    "log_min_messages": "warning",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
}


@dataclass(slots=True)
class Embedded:
    """A running server. `data` is the cluster's folder; `socket` the folder of its socket; `port` names the socket."""

    installation: Installation
    data: Path
    socket: Path
    port: int
    user: ServiceUser
    _users: IO[bytes] | None = None
    _settings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def start(
        cls,
        folder: Path,
        *,
        version: int = 18,
        installation: Installation | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> Embedded:
        """Make the cluster below `folder` when there is none, start it when it does not run, and join its users.

        `settings` are configuration parameters for the server's command line; `listen_addresses` and `port` may be
        among them. Raises ConnectionFailed with the server's own words when it does not come up, UsageError when
        there are no programs.
        """
        user = service_user.current()
        programs = service_user.reachable(user, installation or installations.embedded(version))
        data = user.own(service_user.data_home(user, folder)) / f"pg{programs.version}"
        wanted = {**_SETTINGS, **(settings or {})}
        port = int(wanted.pop("port", "5432"))
        server = cls(programs, data, _socket_folder(user, data), port, user, _settings=wanted)
        with server._alone():
            if not (data / "PG_VERSION").exists():
                server._initdb()
            if not server.running:
                server._launch()
            server._join()
        return server

    @classmethod
    def stop_below(cls, folder: Path, *, version: int = 18) -> bool:
        """Stop the server of the cluster below `folder`, whoever uses it; False when none was running."""
        user = service_user.current()
        data = service_user.data_home(user, folder) / f"pg{version}"
        server = cls(installations.embedded(version), data, _socket_folder(user, data), 5432, user)
        running = server.running
        server.stop()
        return running

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database of this server, for other programs of the same user."""
        return f"postgresql://{_SUPERUSER}@/{database}?host={self.socket}&port={self.port}"

    def params(self, database: str = "postgres") -> dict[str, str]:
        """Return libpq's parameters for a database of this server."""
        return {"host": str(self.socket), "port": str(self.port), "user": _SUPERUSER, "dbname": database}

    @property
    def pid(self) -> int | None:
        """The server's process, or None when it does not run."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        return pid

    @property
    def running(self) -> bool:
        """Whether the server takes connections."""
        return self.pid is not None and self._ready()

    def leave(self, *, keep: bool = False) -> None:
        """Stop using the server; the last one to leave stops it, unless it is to be kept."""
        with self._alone():
            last = self._part()
            if last and not keep:
                self.stop()

    def stop(self) -> None:
        """Stop the server, whoever uses it: running statements are ended, nothing committed is lost."""
        pid = self.pid
        if pid is None:
            return
        for sign, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
            if _wait(lambda: not _exists(pid), patience):
                break
        shutil.rmtree(self.socket, ignore_errors=True)

    def destroy(self) -> None:
        """Stop the server and delete its cluster."""
        self.stop()
        self._part()
        shutil.rmtree(self.data.parent, ignore_errors=True)

    def _ready(self) -> bool:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()[_READY_LINE].strip() == "ready"
        except (OSError, IndexError):
            return False

    def _initdb(self) -> None:
        half = self.data.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        builtin = ["--locale-provider=builtin"] if self.installation.version >= 17 else []
        command = [
            *(
                str(self.installation.bin / "initdb"),
                "--pgdata",
                str(half),
                "--username",
                _SUPERUSER,
                "--auth",
                "trust",
            ),
            *("--encoding", "UTF8", *builtin, "--locale=C.UTF-8", "--no-sync", "--no-instructions"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self.user.run_options())
        if done.returncode != 0:
            raise ConnectionFailed("The embedded PostgreSQL could not make its data folder.", detail=done.stderr)
        half.rename(self.data)

    def _launch(self) -> None:
        self.user.own(self.socket)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        postgres = str(self.installation.bin / "postgres")
        command = [postgres, "-D", str(self.data), "-k", str(self.socket), "-p", str(self.port), *settings]
        log = self.data.with_suffix(".log")
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C in the terminal is for the console, not for the server
                **self.user.run_options(),
            )
        _wait(lambda: self._ready() or process.poll() is not None, _PATIENCE)
        if process.poll() is not None or not self._ready():
            said = log.read_text(errors="replace").strip()[-2000:]
            raise ConnectionFailed("The embedded PostgreSQL did not start.", detail=said, hint=f"Its log: {log}")
        process.returncode = 0  # it outlives us on purpose when kept; no warning about a child left running

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold off other consoles while the server is started or stopped."""
        with (self.data.parent / "start.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _join(self) -> None:
        self._users = (self.data.parent / "users.lock").open("wb")
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def _part(self) -> bool:
        """Give up our share and tell whether nobody else has one."""
        if self._users is None:
            return False
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        else:
            return True
        finally:
            self._users.close()
            self._users = None


def _socket_folder(user: ServiceUser, data: Path) -> Path:
    """Return a short private folder: a socket's path may have 107 bytes, and a data folder's name has no bound."""
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if not user.as_root and runtime and Path(runtime).is_dir() and len(runtime) < 60:
        return Path(runtime) / f"dbconsole-{mark}"
    if user.as_root:
        return Path("/var/lib/dbconsole/s") / mark
    return Path(tempfile.gettempdir()) / f"dbconsole-{user.uid}-{mark}"


def _wait(done: Callable[[], bool], patience: float) -> bool:
    """Look every few milliseconds whether `done` holds, for so many seconds."""
    until = time.monotonic() + patience
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def _exists(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # ours to reap when this console started it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
