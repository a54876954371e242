"""The PostgreSQL of each version that is supported: Debian's, the wheel's, or one that a script has fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.local import installations
from console.db.local.installations import Installation

VERSIONS = (14, 15, 16, 17, 18)
_FETCHED = Path(__file__).parent.parent / ".servers"


def installation(version: int) -> Installation:
    """Return a server's programs, those with contrib first; a test that finds none fails and says what helps."""
    fetched = Installation(version, _FETCHED / str(version) / "bin")
    if (fetched.bin / "postgres").exists():
        return fetched
    here = [found for found in installations.found() if found.version == version]
    if not here:
        pytest.fail(f"There is no PostgreSQL {version} here; scripts/install-servers fetches it.", pytrace=False)
    return here[0]


def client(server: Installation, name: str) -> Path:
    """Return psql or pg_dump: the server's own, or those of the wheel's newest, which know older servers too."""
    own = server.bin / name
    return own if own.exists() else installations.embedded().bin / name
