"""PostgreSQL refuses to run as root: as root its programs run as a user of their own, in folders of its own.

Two kinds of folder: those the server writes to are private to its user; those around them, with our locks and logs, are
ours. As root this matters: in a folder of the service user's, whoever speaks SQL to the server could lay a link for
root to write through.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.config import paths
from console.db.local.installations import Installation
from console.errors import UsageError

SERVERS = "DBCONSOLE_SERVERS"
_NAME = "dbconsole"
_HOME = Path("/var/lib/dbconsole")
# The server can run programs: what else the environment holds (tokens, passwords) is none of its business.
_ENVIRONMENT = ("PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """Who runs the server: nobody else than ourselves, unless we are root."""

    uid: int
    gid: int
    as_root: bool

    def run_options(self) -> dict[str, Any]:
        """Return what `subprocess` needs to start a program as this user."""
        options = {"cwd": "/", "env": {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}}
        if not self.as_root:
            return options
        return {**options, "user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> Path:
        """Make `folder` private to this user and return it. Raises UsageError when somebody else has made it."""
        if not folder.parent.is_dir():
            self.around(folder.parent)
        return _made(folder, 0o700, self.uid, self.gid)

    def around(self, folder: Path) -> Path:
        """Make `folder` (and what is missing above it) ours, for what the server must not touch, and return it.

        As root, others may pass through it, for the server has to. Raises UsageError when somebody else has made it.
        """
        if not folder.parent.is_dir():
            self.around(folder.parent)
        if self.as_root and folder.is_dir() and folder.stat().st_uid == self.uid:
            os.chown(folder, 0, 0)  # made by an earlier version
        return _made(folder, 0o711 if self.as_root else 0o700, os.geteuid(), os.getegid())


def current() -> ServiceUser:
    """Return the user that servers of ours run as; as root it is made when missing."""
    if os.geteuid() != 0:
        return ServiceUser(os.geteuid(), os.getegid(), as_root=False)
    entry = _entry() or _create()
    return ServiceUser(entry.pw_uid, entry.pw_gid, as_root=True)


def home(user: ServiceUser) -> Path:
    """Return the folder of what servers share, and as root of their data: `DBCONSOLE_SERVERS`, where that is set."""
    if said := os.environ.get(SERVERS):
        return Path(said).absolute()
    return _HOME if user.as_root else paths.cache_dir() / "servers"


def data_home(user: ServiceUser, wanted: Path) -> Path:
    """Return where a cluster that was wanted in `wanted` may lie: there, or as root below the service user's folder."""
    if not user.as_root:
        return wanted
    plain = wanted.as_posix()
    mark = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return home(user) / "clusters" / f"{plain.strip('/').replace('/', '-')[-60:]}-{mark}"


def sockets_home(user: ServiceUser) -> Path:
    """Return where root's servers have their sockets."""
    return home(user) / "s"


def reachable(user: ServiceUser, installation: Installation) -> Installation:
    """Return an installation whose programs this user may run; programs below a private folder are copied once."""
    if not user.as_root or _may_run(user, installation):
        return installation
    stamp = f"{installation.version}-{int((installation.bin / 'postgres').stat().st_mtime)}"
    copy = user.around(home(user) / "programs") / stamp
    if not (copy / "bin" / "postgres").exists():
        half = copy.with_name(f"{stamp}.{os.getpid()}")
        shutil.copytree(installation.root, half, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        half.chmod(0o755)
        try:
            half.rename(copy)
        except OSError:  # somebody else was quicker
            shutil.rmtree(half, ignore_errors=True)
    return Installation(installation.version, copy / "bin", installation.embedded)


def _made(folder: Path, mode: int, uid: int, gid: int) -> Path:
    """Make a folder, or take one that is already ours; a link counts only when it is ours as well."""
    try:
        folder.mkdir(mode=mode)
        os.chown(folder, uid, gid)
    except FileExistsError:
        pass
    link, found = folder.lstat(), folder.stat()
    if not stat.S_ISDIR(found.st_mode) or {link.st_uid, found.st_uid} != {uid}:
        raise UsageError(
            f"{folder} belongs to somebody else or is no folder; no server is started in it.",
            hint="Look at what it is. If it may go, remove it and start again.",
        )
    if stat.S_IMODE(found.st_mode) != mode:
        folder.chmod(mode)
    return folder


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
