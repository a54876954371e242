"""The shadow: a throw-away PostgreSQL on this machine, in which things are tried that must not touch the target.

It is made in a private folder for one use and destroyed behind it, also after an error and when its user is
interrupted. What a console that was killed has left behind is removed by the next shadow.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from console.config.profile import Guard, Target
from console.db.local import installations, service_user, standins
from console.db.local.embedded import Embedded
from console.db.local.installations import Installation
from console.errors import ConsoleError, UsageError

_PREFIX = "dbconsole-shadow-"
_LOCK = "in-use"
_SETTINGS = {
    # Nothing in it has to outlive a crash.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "10",
    "max_locks_per_transaction": "640",  # as many locks in all as a server has by default
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class Source(StrEnum):
    """Whose programs a shadow is of: those a person has installed, or the wheel's."""

    LOCAL = "local"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Shadow:
    """A running throw-away server. `folder` is what it is known by; its cluster may lie elsewhere.

    `standins` are the extensions that it has as functions of ours only.
    """

    server: Embedded
    folder: Path
    standins: frozenset[str]
    _lock: IO[bytes]

    @property
    def version(self) -> int:
        """The major version, such as 18."""
        return self.server.installation.version

    @property
    def target(self) -> Target:
        """Its one database, empty at first."""
        return Target("the shadow", self.server.params(), guard=Guard.OPEN, origin="a throw-away server")

    @classmethod
    @contextlib.asynccontextmanager
    async def running(
        cls, *, major: int, extensions: Collection[str] = (), source: Source | None = None
    ) -> AsyncIterator[Shadow]:
        """Run a shadow for as long as the block lasts: of version `major` or the nearest, best with these extensions.

        `source` narrows the choice. Raises UsageError when there is no PostgreSQL on this machine, ConnectionFailed
        when it does not come up.
        """
        birth = _Birth(lambda: cls._started(choose(_of(source), major=major, extensions=extensions)))
        starting = asyncio.get_running_loop().run_in_executor(None, birth.run)
        try:
            shadow = await asyncio.shield(starting)
        except asyncio.CancelledError:
            birth.abandon(starting)
            await asyncio.wait({starting})
            raise
        assert shadow is not None
        try:
            yield shadow
        finally:
            # Once it is handed to a thread it is done to its end, however often somebody cancels.
            await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, shadow._destroy))

    @classmethod
    def _started(cls, chosen: Installation) -> Shadow:
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock, standing_in = _locked(folder), standins.of(chosen)
        try:
            server = Embedded.start(
                folder / "data",
                version=chosen.version,
                installation=chosen,
                settings={**_SETTINGS, **_finding(standing_in, folder / "data")},
                throwaway=True,
            )
        except BaseException:
            _destroy(folder)
            lock.close()
            raise
        return cls(server, folder, standing_in, lock)

    def _destroy(self) -> None:
        self.server.destroy()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()


class _Birth:
    """The start of a shadow in a thread, which is not stopped half-way: what nobody waits for is destroyed there."""

    def __init__(self, start: Callable[[], Shadow]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._abandoned = False

    def run(self) -> Shadow | None:
        shadow = self._start()
        with self._lock:
            if not self._abandoned:
                return shadow
        shadow._destroy()
        return None

    def abandon(self, starting: asyncio.Future[Shadow | None]) -> None:
        """Have it destroyed, also when it has just come up."""
        with self._lock:
            self._abandoned = True
        starting.add_done_callback(_destroy_born)


def _destroy_born(starting: asyncio.Future[Shadow | None]) -> None:
    if not starting.cancelled() and starting.exception() is None and (shadow := starting.result()) is not None:
        shadow._destroy()


def choose(found: Sequence[Installation], *, major: int, extensions: Collection[str]) -> Installation:
    """Return the best of the installations: most of the extensions, then the nearest version, then a person's own.

    What can be stood in for is had; of one version, the real ones are better. Raises UsageError when there is none.
    """
    if not found:
        raise UsageError(
            "There is no PostgreSQL on this machine to run a shadow with.",
            hint="Install the extra: pip install 'dbconsole[embedded]', or PostgreSQL's own packages.",
        )
    wanted = frozenset(extensions)

    def worth(one: Installation) -> tuple[int, int, int, bool]:
        standing_in = wanted & standins.of(one)
        return len(lacking(one, wanted - standing_in)), abs(one.version - major), len(standing_in), one.embedded

    return min(found, key=worth)


def lacking(installation: Installation, extensions: Collection[str]) -> list[str]:
    """Return which of the extensions an installation does not have, by name."""
    return sorted(name for name in extensions if not installation.offers(name))


def _of(source: Source | None) -> tuple[Installation, ...]:
    """Return the installations of a source. Raises UsageError when it has none, though it was asked for."""
    found = tuple(one for one in installations.found() if source is None or one.embedded is (source is Source.EMBEDDED))
    if not found and source is Source.LOCAL:
        raise UsageError(
            "There is no PostgreSQL installed on this machine to run a shadow with.",
            hint="Install PostgreSQL's own packages, or take the shadow “embedded”.",
        )
    return found


def _finding(standing_in: frozenset[str], wanted: Path) -> dict[str, str]:
    """Lay the stand-ins beside the cluster that is wanted in a folder; return the setting that finds them."""
    if not standing_in:
        return {}
    user = service_user.current()
    home = user.around(service_user.data_home(user, wanted.absolute()))
    return {"extension_control_path": standins.lay(standing_in, home / "standins")}


def _sweep() -> None:
    """Remove the shadows of programs that are gone."""
    for folder in _left_behind():
        with contextlib.suppress(ConsoleError):
            _destroy(folder)


def _left_behind() -> Iterator[Path]:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.lstat().st_uid == os.geteuid() and _unused(folder / _LOCK):
                yield folder


def _locked(folder: Path) -> IO[bytes]:
    """Return the lock of a folder, held before it has its name: no sweep takes it for one that was left."""
    unnamed = folder / "new"
    lock = unnamed.open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    unnamed.rename(folder / _LOCK)
    return lock


def _unused(lock: Path) -> bool:
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def _destroy(folder: Path) -> None:
    """Stop what runs below a folder, and remove both."""
    Embedded.destroy_below(folder / "data")
    shutil.rmtree(folder, ignore_errors=True)
