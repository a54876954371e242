"""A real transaction pooler, PgBouncer, before a server of the tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.local import service_user
from console.db.local.embedded import Embedded
from tests import ports

_PATIENCE = 60.0
_PORTS = 5  # how many are tried
_INI = """\
[databases]
* = host={socket} port={port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
server_login_retry = 1
query_wait_timeout = {patience}
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


@dataclass(frozen=True)
class Pooler:
    """A running PgBouncer that hands out `size` connections a database, each for one transaction.

    Debian's 1.18 knows nothing of prepared statements and refuses startup options: the worst case there is.
    """

    port: int
    size: int

    @classmethod
    @contextmanager
    def before(cls, server: Embedded, *, size: int, patience: int = 20) -> Iterator[Pooler]:
        """Run a pooler before a server, as the user that the server runs as: it does not run as root either.

        `patience` is how many seconds a client waits for one of the pool's connections.
        """
        program = _program()
        user = service_user.current()
        folder = Path(tempfile.mkdtemp(prefix="pgbouncer-"))
        ini = folder / "pgbouncer.ini"
        facts = {"socket": server.socket, "port": server.port, "folder": folder, "size": size, "patience": patience}
        for _ in range(_PORTS):
            port = ports.free()
            ini.write_text(_INI.format(**facts, listen=port))
            if user.as_root:
                os.chown(folder, user.uid, user.gid)
                os.chown(ini, user.uid, user.gid)
            process = subprocess.Popen([program, "-q", str(ini)], stderr=subprocess.DEVNULL, **user.run_options())
            if _listens(port, process):
                break
            process.kill()
            process.wait()
        try:
            assert process.poll() is None, "pgbouncer did not start"
            yield cls(port, size)
        finally:
            process.kill()
            process.wait()
            shutil.rmtree(folder)

    def target(self, direct: Target) -> Target:
        """Return the way to a database through the pooler; around it leads the way that was given."""
        params = {"host": "127.0.0.1", "port": str(self.port), "user": "postgres", "dbname": direct.database}
        return replace(direct, params={**params, "sslmode": "disable"}, direct=direct.params)


def _program() -> str:
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.fail("There is no pgbouncer here; scripts/install-test-tools installs it.", pytrace=False)
    return found


def _listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait for it; False when it has ended, as it does when somebody else was given its port meanwhile."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return process.poll() is None
        time.sleep(0.005)
    return False
