"""PostgreSQL refuses to run as root: as root its programs run as a user of their own, in folders of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.db.installations import Installation
from console.errors import UsageError

_NAME = "dbconsole"
_HOME = Path("/var/lib/dbconsole")


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """Who runs the server: nobody else than ourselves, unless we are root."""

    uid: int
    gid: int
    as_root: bool

    def run_options(self) -> dict[str, Any]:
        """Return what `subprocess` needs to start a program as this user."""
        if not self.as_root:
            return {"cwd": "/"}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def own(self, folder: Path) -> Path:
        """Make `folder` (and what is missing above it) private to this user and return it."""
        if not folder.is_dir():
            if not folder.parent.is_dir():
                self.own(folder.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.as_root:
                os.chown(folder, self.uid, self.gid)
        found = folder.stat()
        if found.st_uid != self.uid:
            raise UsageError(f"The folder {folder} belongs to somebody else; no server is started in it.")
        if found.st_mode & 0o077:
            folder.chmod(0o700)
        return folder


def current() -> ServiceUser:
    """Return the user that servers of ours run as; as root it is made when missing."""
    if os.geteuid() != 0:
        return ServiceUser(os.geteuid(), os.getegid(), as_root=False)
    entry = _entry() or _create()
    return ServiceUser(entry.pw_uid, entry.pw_gid, as_root=True)


def data_home(user: ServiceUser, wanted: Path) -> Path:
    """Return where a cluster that was wanted in `wanted` may lie: there, or as root below the service user's folder."""
    if not user.as_root:
        return wanted
    return _HOME / "clusters" / wanted.as_posix().strip("/").replace("/", "-")


def reachable(user: ServiceUser, installation: Installation) -> Installation:
    """Return an installation whose programs this user may run; programs below a private folder are copied once."""
    if not user.as_root or _may_run(user, installation):
        return installation
    stamp = f"{installation.version}-{int((installation.bin / 'postgres').stat().st_mtime)}"
    copy = _HOME / "programs" / stamp
    if not (copy / "bin" / "postgres").exists():
        user.own(_HOME)
        copy.parent.mkdir(mode=0o755, exist_ok=True)
        half = copy.with_name(f"{stamp}.{os.getpid()}")
        shutil.copytree(installation.root, half, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        half.chmod(0o755)
        try:
            half.rename(copy)
        except OSError:
            shutil.rmtree(half, ignore_errors=True)
    return Installation(installation.version, copy / "bin", installation.embedded)


def _may_run(user: ServiceUser, installation: Installation) -> bool:
    if not _passable(installation.bin):
        return False
    command = [str(installation.bin / "postgres"), "--version"]
    tried = subprocess.run(command, capture_output=True, timeout=10, check=False, **user.run_options())
    return tried.returncode == 0


def _passable(path: Path) -> bool:
    """Tell whether everybody may enter every folder down to `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(_NAME)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", _NAME]
    try:
        subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        entry = _entry()
        if entry is not None:  # somebody else was quicker
            return entry
        raise UsageError(
            "PostgreSQL does not run as root, and the system user for it could not be made.",
            hint=f"Run the console as an ordinary user, or make a system user named {_NAME}.",
        ) from error
    return pwd.getpwnam(_NAME)
