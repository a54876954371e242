"""What an installation weighs: site-packages without pip and setuptools, with and without the extra `embedded`.

Ours is installed as a user would install it, not editable, into environments that are kept until pyproject.toml
changes. Sizes are those on disk, compiled files included, as `du -m` tells them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.clients import HARLEQUIN, PGCLI, peers_folder
from tests.bench.databases import Ground
from tests.bench.figures import US, Figure, Sheet

_PROJECT = Path(__file__).parents[3]
_NOT_COUNTED = ("pip", "setuptools", "_distutils_hack", "pkg_resources", "distutils-precedence")
_BLOCK = 512


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Weigh ours, freshly installed, and the peers as they are."""
    peers = {name: _weight(peers_folder(ground) / name) for name in (HARLEQUIN, PGCLI)}
    there = {name: weight for name, weight in peers.items() if weight}
    plain, embedded = (_weight(_installed(ground.cache, extra)) for extra in ("", "[embedded]"))
    sheet.figures += [
        Figure("installation", "without the embedded server", "MB", {US: plain, **there}, target=80),
        Figure("installation", "with the embedded server", "MB", {US: embedded}, target=150),
    ]


def _installed(cache: Path, extra: str) -> Path:
    """Return an environment with the project in it, made anew when its dependencies have changed."""
    mark = hashlib.sha256((_PROJECT / "pyproject.toml").read_bytes()).hexdigest()[:8]
    folder = cache / "installed" / f"{mark}{extra}"
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        if not folder.exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
            subprocess.run([*pip, f"{_PROJECT}{extra}"], check=True, capture_output=True)
        subprocess.run([*pip, "--no-deps", "--force-reinstall", str(_PROJECT)], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _weight(environment: Path) -> float:
    """Return the megabytes of what is installed in an environment; 0 when there is none."""
    packages = [
        package
        for folder in environment.glob("lib/python*/site-packages")
        for package in folder.iterdir()
        if not package.name.startswith(_NOT_COUNTED)
    ]
    files = [file for package in packages for file in (package, *package.rglob("*"))]
    return sum(file.lstat().st_blocks for file in files) * _BLOCK / 2**20
