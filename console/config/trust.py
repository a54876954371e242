"""Which project files their user has read and accepted, by the digest of their content.

A `dbconsole.toml` comes with a project, perhaps a stranger's. Until its user has said so once
(`dbconsole profiles trust`), it may not look into the environment; a changed file has to be accepted again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from console.config import paths
from console.errors import UsageError

_FILE = "trusted.json"


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def trusted(path: Path, content: bytes, *, environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether exactly this content of this file was accepted."""
    return _accepted(environ).get(_key(path)) == digest(content)


def trust(path: Path, *, environ: Mapping[str, str] = os.environ) -> str:
    """Accept a file as it is now and return its digest. Raises UsageError when it cannot be read."""
    import json

    try:
        found = digest(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read, so it cannot be trusted.", detail=error.strerror or "") from error
    accepted = {**_accepted(environ), _key(path): found}
    text = json.dumps(accepted, indent=1)
    paths.write_private(paths.private(paths.state_dir(environ)) / _FILE, text + "\n")
    return found


def _accepted(environ: Mapping[str, str]) -> dict[str, str]:
    """Return path → digest; a list that is absent or damaged trusts nothing."""
    import json

    try:
        read = json.loads((paths.state_dir(environ) / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}


def _key(path: Path) -> str:
    return os.path.realpath(path)
