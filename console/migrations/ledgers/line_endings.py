"""Checksums of files as they are: git may have checked a file out with other line endings than when it was applied."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol

from console.migrations.files.folder import Migration


class Hash(Protocol):
    """A finished sum of hashlib's."""

    def hexdigest(self) -> str:
        """Return it in hexadecimal."""


def settled(recorded: str, migration: Migration | None, digest: Callable[[bytes], Hash] = hashlib.sha256) -> str:
    """Return what a ledger recorded, or the file's own checksum where only the line endings differ.

    `digest` is what the ledger's checksums are made with.
    """
    if migration is None or recorded == migration.checksum:
        return recorded
    try:
        content = migration.up.path.read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        return recorded
    either = (content, content.replace(b"\n", b"\r\n"))
    same = recorded in (digest(each).hexdigest() for each in either)
    return migration.checksum if same else recorded
