"""Certificates for the tests, made with openssl: an authority, a server's certificate by it, and a stranger."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Certificates:
    """Files: `authority` has signed `server` (for localhost), whose key is `key`; `stranger` is another authority."""

    authority: Path
    server: Path
    key: Path
    stranger: Path

    @classmethod
    def made_in(cls, folder: Path) -> Certificates:
        """Make them; keys of elliptic curves, which takes no time."""
        made = cls(folder / "ca.crt", folder / "server.crt", folder / "server.key", folder / "stranger.crt")
        _openssl("req", "-x509", *_new_key(folder / "ca.key"), "-subj", "/CN=tests", "-out", made.authority)
        _openssl("req", "-x509", *_new_key(folder / "other.key"), "-subj", "/CN=stranger", "-out", made.stranger)
        _openssl("req", *_new_key(made.key), "-subj", "/CN=localhost", "-out", folder / "server.csr")
        names = folder / "names"
        names.write_text("subjectAltName=DNS:localhost")
        signing = ("-CA", made.authority, "-CAkey", folder / "ca.key", "-CAcreateserial", "-extfile", names)
        _openssl("x509", "-req", "-in", folder / "server.csr", *signing, "-days", "2", "-out", made.server)
        return made


def _new_key(path: Path) -> tuple[str | Path, ...]:
    return "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path


def _openssl(*arguments: str | Path) -> None:
    program = shutil.which("openssl")
    if program is None:
        pytest.fail("There is no openssl here; scripts/install-test-tools installs it.", pytrace=False)
    subprocess.run([program, *arguments], check=True, capture_output=True)
