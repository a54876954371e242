"""Makes databases for tests: each from a template, so that a test pays milliseconds for its isolation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from psycopg import sql

from console.config.profile import Guard, Target
from console.db.local.embedded import Embedded
from console.db.local.installations import Installation
from tests import in_memory

_SYSTEMS = Path(__file__).parent.parent / "migrations"
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "300"}
# Else what a test sees of counts and plans depends on whether its table was analysed by chance: on how long all took.
_STEADY = {"autovacuum_naptime": "1d"}


class Databases:
    """The databases of one server; `server` is the server itself."""

    _numbers = itertools.count(1)
    # By server: what one object has made is there for all of its objects.
    _templates_of: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, server: Embedded) -> None:
        self.server = server
        self._templates = self._templates_of.setdefault(server.url("postgres"), {})

    @classmethod
    @contextmanager
    def started(
        cls, folder: Path, *, version: int = 18, installation: Installation | None = None, **settings: str
    ) -> Iterator[Databases]:
        """Run a server for as long as the block lasts, in `folder` or in memory."""
        with cls.started_in(
            in_memory.instead_of(folder), version=version, installation=installation, **settings
        ) as databases:
            yield databases

    @classmethod
    @contextmanager
    def started_in(
        cls, folder: Path, *, version: int = 18, installation: Installation | None = None, **settings: str
    ) -> Iterator[Databases]:
        """Run a server in just this folder, on the cluster that may lie there."""
        settings = {**_FAST, **_STEADY, **settings}
        server = Embedded.start(folder, version=version, installation=installation, settings=settings)
        try:
            databases = cls(server)
            with databases.connect("template1") as connection:
                connection.execute("SELECT")  # what a first connection works out is copied from here into each database
            yield databases
        finally:
            server.destroy()

    def make(self, source: str = "", *, guard: Guard = Guard.OPEN) -> Target:
        """Make a database: empty, from SQL text, or holding a sample system by name (`graph`, `graph@0001`)."""
        name = f"t{next(self._numbers)}"
        template = self._template(source) if source else "template1"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {} {}")
        self._run(made.format(sql.Identifier(name), sql.Identifier(template), self._quickly))
        return self.target(name, guard=guard)

    def loaded(self, text: str) -> Target:
        """Make a database from SQL text that is needed once, without a template."""
        target = self.make()
        if text:
            with self.connect(target) as connection:
                connection.execute(text.encode())
        return target

    def target(self, name: str, *, guard: Guard = Guard.OPEN) -> Target:
        """Return the target for a database by name."""
        return Target(name=name, params=self.server.params(name), guard=guard, origin="a test")

    def drop(self, target: Target) -> None:
        """Drop a database, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target.database)))

    def connect(self, target: Target | str = "postgres", **options: Any) -> psycopg.Connection[Any]:
        """Open a plain connection, for what a test does behind the console's back."""
        name = target if isinstance(target, str) else target.database
        return psycopg.connect(**self.server.params(name), autocommit=True, **options)  # type: ignore[arg-type]

    @property
    def _quickly(self) -> sql.SQL:
        """Copy files, as before 15; the way through the log takes four times as long."""
        return sql.SQL("STRATEGY FILE_COPY" if self.server.installation.version >= 15 else "")

    def _template(self, source: str) -> str:
        if source not in self._templates:
            name = f"template_{sha256(source.encode()).hexdigest()[:16]}"
            self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            with self.connect(name) as connection:
                for text in _texts(source):
                    connection.execute(text.encode())
            self._templates[source] = name
        return self._templates[source]

    def _run(self, statement: sql.Composed) -> None:
        with self.connect() as connection:
            connection.execute(statement)


def _texts(source: str) -> Iterator[str]:
    """Return the SQL of a sample system's folder in order and its data, or the text itself.

    `graph@0001` is the folder up to that migration.
    """
    if not re.fullmatch(r"\w+(@\d+)?", source):
        yield source
        return
    name, _, last = source.partition("@")
    folder = _SYSTEMS / name
    ups = sorted(folder.glob("*.up.sql"))
    yield from (path.read_text() for path in ups if not last or path.name.partition("_")[0] <= last)
    yield (folder / "data.sql").read_text()
