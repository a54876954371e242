"""A PostgreSQL server of our own: made and started from programs on this machine, private to its user, stopped by us.

The server listens on a unix socket in a private folder only (trust authentication is safe there: the folder is 0700),
or, when asked, on a port of the loopback as well, with passwords. Several consoles may share one server; the last one
that leaves stops it. A console that is killed leaves it running: the next one joins it, and stops it behind itself.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from console.db.local import cluster, installations, postmaster, service_user
from console.db.local.cluster import SUPERUSER
from console.db.local.installations import Installation
from console.db.local.postmaster import Postmaster, wait
from console.db.local.service_user import ServiceUser
from console.db.local.sharing import Sharing

_PATIENCE = 60.0
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
    _sharing: Sharing
    _settings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def start(
        cls,
        folder: Path,
        *,
        version: int = 18,
        installation: Installation | None = None,
        settings: Mapping[str, str] | None = None,
        throwaway: bool = False,
    ) -> Embedded:
        """Make the cluster below `folder` when there is none, start it when it does not run, and join its users.

        `settings` are configuration parameters for the server's command line; `listen_addresses` and `port` may be
        among them; they count for whoever starts it. A `throwaway` cluster may be a copy of another. Whoever forgets to
        leave does so when the program ends. Raises ConnectionFailed with the server's own words when it does not come
        up, UsageError when there are no programs.
        """
        user = service_user.current()
        programs = service_user.reachable(user, installation or installations.embedded(version))
        server = cls._below(folder, programs, user, {**_SETTINGS, **(settings or {})})
        user.around(server.data.parent)
        with server._sharing.alone():
            cluster.make(programs, server.data, user, throwaway=throwaway)
            if not (server._sharing.lives and server._ready()):
                server._launch()
            server._sharing.join()
            server._adopt_socket()
        atexit.register(server.leave)
        return server

    @classmethod
    def stop_below(cls, folder: Path, *, version: int = 18) -> bool:
        """Stop the server of the cluster below `folder`, whoever uses it; False when none was running."""
        server = cls._below(folder, installations.embedded(version), service_user.current(), {})
        if not server.data.is_dir():
            return False
        with server._sharing.alone():
            running = server.running
            server.stop()
        return running

    @classmethod
    def destroy_below(cls, folder: Path) -> None:
        """Stop the servers of all clusters below `folder`, whoever uses them, and delete the clusters."""
        user = service_user.current()
        home = service_user.data_home(user, folder.absolute())
        for data in home.glob("pg*"):
            if data.name[2:].isdigit():
                cls._below(folder, Installation(int(data.name[2:]), Path()), user, {}).stop()
        shutil.rmtree(home, ignore_errors=True)

    @classmethod
    def _below(cls, folder: Path, programs: Installation, user: ServiceUser, settings: Mapping[str, str]) -> Embedded:
        data = service_user.data_home(user, folder.absolute()) / f"pg{programs.version}"
        port = int(settings.get("port", "5432"))
        rest = {name: value for name, value in settings.items() if name != "port"}
        sharing = Sharing(data.parent, data.name)
        return cls(programs, data, cluster.socket_folder(user, data), port, user, sharing, rest)

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database of this server, for other programs of the same user."""
        return f"postgresql://{SUPERUSER}@/{quote(database, safe='')}?host={quote(str(self.socket))}&port={self.port}"

    def params(self, database: str = "postgres") -> dict[str, str]:
        """Return libpq's parameters for a database of this server."""
        return {"host": str(self.socket), "port": str(self.port), "user": SUPERUSER, "dbname": database}

    @property
    def pid(self) -> int | None:
        """The server's process, or None when it does not run."""
        found = self._postmaster()
        return found.pid if found is not None else None

    @property
    def running(self) -> bool:
        """Whether the server takes connections."""
        found = self._postmaster()
        return found is not None and found.ready

    def leave(self, *, keep: bool = False) -> None:
        """Stop using the server; the last one to leave stops it, unless somebody has wanted it to be kept."""
        atexit.unregister(self.leave)
        if not self.data.parent.is_dir():
            return
        with self._sharing.alone():
            if keep:
                self._sharing.keep()
            if self._sharing.part() and not self._sharing.kept:
                self.stop()

    def stop(self) -> None:
        """Stop the server, whoever uses it: running statements are ended, nothing committed is lost."""
        found = self._postmaster()
        self._sharing.release()
        if found is not None:
            found.stop(lambda: not self._sharing.lives)
            shutil.rmtree(found.socket, ignore_errors=True)

    def destroy(self) -> None:
        """Stop the server and delete its cluster."""
        atexit.unregister(self.leave)
        self.stop()
        self._sharing.part()
        shutil.rmtree(self.data.parent, ignore_errors=True)

    def _postmaster(self) -> Postmaster | None:
        """Return the server's process; a file that a crash has left is not believed."""
        found = postmaster.read(self.data, uid=self.user.uid)
        return found if found is not None and self._sharing.lives else None

    def _ready(self) -> bool:
        """Wait for a server that lives, and may be recovering from a crash; False when it ends or never began."""
        wait(lambda: self.running or not self._sharing.lives or self._postmaster() is None, _PATIENCE)
        return self.running

    def _launch(self) -> None:
        # No process of it lives: such files are from a crash, and the number in them may be another program's by now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        shutil.rmtree(self.socket, ignore_errors=True)
        self.user.own(self.socket)
        log = self.data.with_suffix(".log")
        with _private_log(log) as out, self._sharing.life() as life:
            process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                pass_fds=(life.fileno(),),
                start_new_session=True,  # Ctrl-C in the terminal is for the console, not for the server
                **self.user.run_options(),
            )
        wait(lambda: self.running or process.poll() is not None, _PATIENCE)
        if process.poll() is not None or not self.running:
            raise cluster.failed("did not start", log.read_text(errors="replace").strip(), f"Its log: {log}")
        process.returncode = 0  # it outlives us on purpose when kept; no warning about a child left running

    def _command(self) -> list[str]:
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        where = ["-D", str(self.data), "-k", str(self.socket), "-p", str(self.port)]
        return [str(self.installation.bin / "postgres"), *where, *settings]

    def _adopt_socket(self) -> None:
        """Take the socket from whoever started the server: another environment may have chosen another place."""
        found = self._postmaster()
        assert found is not None
        self.socket, self.port = found.socket, found.port


def _private_log(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb")
