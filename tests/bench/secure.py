"""A server as it is out there, with TLS and passwords by SCRAM: from a PostgreSQL of the system's, which has both."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from console.db.local import installations, service_user
from console.db.local.installations import Installation
from console.db.local.service_user import ServiceUser
from tests import ports
from tests.databases import Databases

_USER = "bench"
_HBA = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
_CERTIFICATE = (
    *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
    *("-days", "2", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.crt"),
)


# Servers before 18 take one curve only and ask a client that offers another first to begin again: a round trip more for
# everybody, which newer servers and those of providers do not cost. So the clients offer that curve.
_OPENSSL = """\
openssl_conf = all
[all]
ssl_conf = tls
[tls]
system_default = offer
[offer]
Groups = P-256
"""


class NoServer(OSError):
    """This machine has no PostgreSQL with TLS, or no openssl."""


@dataclass(frozen=True, slots=True)
class Secure:
    """The running server: where it listens on the loopback, who may enter, and the environment that clients want."""

    database: str
    port: int
    password: str
    env: dict[str, str]

    def url(self, port: int) -> str:
        """Return the URL of skintwin through a port of the loopback."""
        return f"postgresql://{_USER}:{self.password}@127.0.0.1:{port}/{self.database}?sslmode=require"


@contextmanager
def secure(folder: Path) -> Iterator[Secure]:
    """Run a server that holds skintwin, below `folder`. Raises NoServer."""
    program = _installation()
    user = service_user.current()
    private = user.own(service_user.data_home(user, folder) / "secure")
    settings = {**_settings(private, user), "listen_addresses": "127.0.0.1", "port": str(ports.free())}
    try:
        with Databases.started(folder / "secure" / "server", installation=program, **settings) as databases:
            database, password = databases.make("skintwin").database, _make_user(databases)
            yield Secure(database, databases.server.port, password, {"OPENSSL_CONF": str(_offer(folder))})
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _installation() -> Installation:
    if shutil.which("openssl") is None:
        raise NoServer("there is no openssl here (scripts/install-test-tools)")
    ours = (one for one in installations.found() if not one.embedded)
    found = next(ours, None)
    if found is None:
        raise NoServer("there is no PostgreSQL with TLS here (scripts/install-test-tools)")
    return found


def _settings(private: Path, user: ServiceUser) -> dict[str, str]:
    """Make the certificate and the rules of access, as the user that the server runs as."""
    options = {**user.run_options(), "cwd": private}
    subprocess.run(_CERTIFICATE, check=True, capture_output=True, **options)
    subprocess.run(["tee", "pg_hba.conf"], input=_HBA.encode(), check=True, capture_output=True, **options)
    files = {"ssl_cert_file": "server.crt", "ssl_key_file": "server.key", "hba_file": "pg_hba.conf"}
    return {"ssl": "on", **{name: str(private / file) for name, file in files.items()}}


def _offer(folder: Path) -> Path:
    path = folder / "openssl.cnf"
    path.write_text(_OPENSSL)
    return path


def _make_user(databases: Databases) -> str:
    password = secrets.token_urlsafe(16)
    statement = sql.SQL("CREATE ROLE {} LOGIN SUPERUSER PASSWORD {}")
    with databases.connect() as connection:
        connection.execute(statement.format(sql.Identifier(_USER), sql.Literal(password)))
    return password
