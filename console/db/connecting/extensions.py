"""What it means when a server does not have an extension: whose, and how one gets it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import psycopg

from console.text import sanitize

# Which function of the server's complains tells what it complains of, whatever language it speaks.
_COMPLAINS = "parse_extension_control_file"
_ABSENT = ("0A000", "58P01")  # since 15, and before
_QUOTED = re.compile(r'["«„“]\s*(.+?)\s*["»“”]')
# Extensions whose package is called otherwise, with the name of the project and Debian's of the package.
_PACKAGES = {
    "vector": ("pgvector", "postgresql-{major}-pgvector"),
    "postgis": ("PostGIS", "postgresql-{major}-postgis-3"),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """An extension that the server does not have, and the server's version as a number, such as 150018."""

    name: str
    version: int

    @property
    def sentence(self) -> str:
        """Say what is missing where.

        >>> Missing("vector", 150018).sentence
        'this server (PostgreSQL 15.18) does not have the extension vector'
        """
        return f"this server ({self._server}) does not have the extension {sanitize(self.name)}"

    @property
    def hint(self) -> str:
        """Say what to do.

        >>> Missing("vector", 150018).hint
        'Install pgvector where the server runs (Debian: postgresql-15-pgvector), or take a server that has it.'
        >>> Missing("hstore", 180004).hint
        'Install hstore where the server runs, or take a server that has it.'
        """
        project, package = _PACKAGES.get(self.name, (sanitize(self.name), ""))
        debian = f" (Debian: {package.format(major=self.version // 10_000)})" if package else ""
        return f"Install {project} where the server runs{debian}, or take a server that has it."

    @property
    def _server(self) -> str:
        return f"PostgreSQL {self.version // 10_000}.{self.version % 10_000}"


def missing(error: psycopg.Error, version: int) -> Missing | None:
    """Return which extension the server does not have, if that is what failed."""
    if not version or error.diag.source_function != _COMPLAINS or error.sqlstate not in _ABSENT:
        return None
    found = _QUOTED.search(error.diag.message_primary or "")
    # PostgreSQL 14 names the file that it looked for.
    return Missing(found[1].rpartition("/")[2].removesuffix(".control"), version) if found else None
