"""The servers and databases that are measured: kept in the cache folder between runs, running only during one."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from console.config import paths
from console.db.local.embedded import Embedded

_SQL = Path(__file__).parent / "sql"
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # nothing of the server's own may run into a measurement
    "max_locks_per_transaction": "512",  # a schema of a thousand tables is made in one transaction
    "max_wal_size": "1GB",
}
SCHEMAS = tuple(f"schema_{number}" for number in range(10))
TABLES_A_SCHEMA = 1000
ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Ground:
    """What a measure works on: `demo` (skintwin), `tables` (10,000 of them) and `rows` are URLs; `env` the clients'."""

    cache: Path
    server: Embedded
    demo: str
    env: dict[str, str]

    @property
    def tables(self) -> str:
        """The database of 10,000 tables; made when it is first asked for, in about a minute."""
        return self.server.url(self._made("tables", self._fill_tables))

    @property
    def differing(self) -> str:
        """The database of 10,000 tables with fifty differences; made from the other when it is first asked for."""
        before = self.name(self.tables)
        text = (_SQL / "differences.sql").read_bytes()
        return self.server.url(kept(self.server, f"{before}_differing", text, self._differ(text), template=before))

    def _differ(self, text: bytes) -> Callable[[str], None]:
        def fill(name: str) -> None:
            with psycopg.connect(self.server.url(name), autocommit=True) as connection:
                connection.execute(text)
                connection.execute("VACUUM ANALYZE")

        return fill

    @property
    def rows(self) -> str:
        """The database with a million rows with and without a key; made when it is first asked for."""
        return self.server.url(self._made("rows", self._fill_rows))

    @staticmethod
    def name(url: str) -> str:
        """Return the database's name in a URL."""
        return url.partition("@/")[2].partition("?")[0]

    @staticmethod
    def socket(url: str) -> tuple[str, int]:
        """Return the folder and the port of the socket in a URL."""
        options = dict(part.split("=") for part in url.partition("?")[2].split("&"))
        return options["host"], int(options["port"])

    def _made(self, source: str, fill: Callable[[str, bytes], None]) -> str:
        text = (_SQL / f"{source}.sql").read_bytes()
        return kept(self.server, source, text, lambda name: fill(name, text))

    def _fill_tables(self, name: str, text: bytes) -> None:
        with psycopg.connect(self.server.url(name), autocommit=True) as connection:
            for schema in SCHEMAS:
                connection.execute("SELECT set_config('bench.schema', %s, false)", [schema])
                connection.execute(text)
            connection.execute("VACUUM ANALYZE")

    def _fill_rows(self, name: str, text: bytes) -> None:
        with psycopg.connect(self.server.url(name), autocommit=True) as connection:
            connection.execute(text)
            connection.execute("VACUUM")


def kept(
    server: Embedded, source: str, text: bytes, fill: Callable[[str], None], *, template: str = "template1"
) -> str:
    """Return the name of the database that `text` says; made by `fill` when it is missing, in place of what it was."""
    name = f"{source}_{hashlib.sha256(text).hexdigest()[:8]}"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        there = {found for (found,) in connection.execute("SELECT datname FROM pg_database")}
        if name not in there:
            half = f"{name}_half"
            print(f"Making the database {name} …", file=sys.stderr)
            for old in there:
                if re.fullmatch(rf"{source}_[0-9a-f]{{8}}(_half)?", old):
                    connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(made.format(sql.Identifier(half), sql.Identifier(template)))
            fill(half)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(half), sql.Identifier(name)))
    return name


def cache_folder() -> Path:
    """Return where the bench keeps databases, peers and installations."""
    return paths.cache_dir(os.environ) / "bench"


@contextmanager
def ground() -> Iterator[Ground]:
    """Start the servers, and stop them at the end."""
    cache = cache_folder()
    home = cache / "home"
    home.mkdir(parents=True, exist_ok=True)
    env = {"DBCONSOLE_HOME": str(home), "HOME": str(home), **_elsewhere(home)}
    with ExitStack() as stack:
        stack.callback(_demo, env, "--stop")
        _demo(env, "--url")  # all of them: none is to be built while something is measured
        demo = _demo(env, "skintwin", "--url").strip()
        server = Embedded.start(cache / "server", settings=_SETTINGS)
        stack.callback(server.leave)
        yield Ground(cache, server, demo, env)


def _demo(env: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "console", "demo", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **env}).stdout


def _elsewhere(home: Path) -> dict[str, str]:
    """Keep the peers' configuration, history and caches out of the user's own."""
    return {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
