"""Stand-ins: extensions of functions alone, which a server of ours gets as SQL where its programs do not have them.

They are extensions to the server: CREATE EXTENSION finds them by `extension_control_path`, which PostgreSQL has from
18 on. Their functions have the signatures of the real ones and give something of the right type.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

from console.db.local.installations import Installation
from console.sql import queries

_ROOM = "rehearsal/standins"
_SINCE = 18
VERSIONS = MappingProxyType(
    {"fuzzystrmatch": "1.2", "moddatetime": "1.0", "pgcrypto": "1.3", "unaccent": "1.1", "uuid-ossp": "1.1"}
)
"""Each extension that can be stood in for, with the version whose functions it has."""


def of(installation: Installation) -> frozenset[str]:
    """Return the extensions that have to be, and can be, stood in for in the servers of an installation."""
    if installation.version < _SINCE:
        return frozenset()
    return frozenset(name for name in VERSIONS if not installation.offers(name))


@cache
def functions(extension: str) -> int:
    """Return how many functions stand in for an extension."""
    return queries.load(f"{_ROOM}/{extension}").count("CREATE FUNCTION ")


def lay(names: frozenset[str], folder: Path) -> str:
    """Write stand-ins into a folder that the server may read; return the setting by which it finds them."""
    place = folder / "extension"
    place.mkdir(parents=True, exist_ok=True)
    for name in names:
        version = VERSIONS[name]
        _write(place / f"{name}.control", f"default_version = '{version}'\nrelocatable = true\ntrusted = true\n")
        _write(place / f"{name}--{version}.sql", queries.load(f"{_ROOM}/{name}"))
    for made in (folder, place):
        made.chmod(0o755)
    return f"{folder}:$system"


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o644)
