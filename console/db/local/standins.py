"""Stand-ins: extensions that SQL alone can imitate, which a server of ours gets where its programs do not have them.

They are extensions to the server: CREATE EXTENSION finds them by `extension_control_path`, which PostgreSQL has from
18 on. Their functions have the signatures of the real ones and give something of the right type; a table or a view of
theirs is one, and nothing works behind it.
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
    {
        "fuzzystrmatch": "1.2",
        "moddatetime": "1.0",
        "pg_cron": "1.6",
        "pg_graphql": "1.5.11",
        "pg_jsonschema": "0.3.3",
        "pg_net": "0.14.0",
        "pg_session_jwt": "0.3.1",
        "pg_stat_statements": "1.12",
        "pgcrypto": "1.3",
        "pgjwt": "0.2.0",
        "pgsodium": "3.1.8",
        "supabase_vault": "0.3.1",
        "unaccent": "1.1",
        "uuid-ossp": "1.1",
    }
)
"""Each extension that can be stood in for, with the version whose functions it has."""
# What the control files of the others say besides: a schema that is always theirs, and what has to be there before.
_CONTROLS = MappingProxyType(
    {
        "pg_cron": "relocatable = false\nschema = pg_catalog\n",
        "pg_graphql": "relocatable = false\nschema = graphql\n",
        "pg_net": "relocatable = false\n",
        "pg_session_jwt": "relocatable = false\nschema = auth\n",
        "pgjwt": "relocatable = false\nrequires = pgcrypto\n",
        "pgsodium": "relocatable = false\nschema = pgsodium\n",
        "supabase_vault": "relocatable = false\nschema = vault\n",
    }
)


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
        control = _CONTROLS.get(name, "relocatable = true\n")
        _write(place / f"{name}.control", f"default_version = '{version}'\ntrusted = true\n{control}")
        _write(place / f"{name}--{version}.sql", queries.load(f"{_ROOM}/{name}"))
    for made in (folder, place):
        made.chmod(0o755)
    return f"{folder}:$system"


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o644)
