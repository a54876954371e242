"""A folder as it was at a revision of git's: unpacked into a folder of its own, the working copy left alone."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from console.errors import UsageError
from console.text import sanitize

_PATIENCE = 60.0


@contextlib.contextmanager
def unpacked(folder: Path, revision: str) -> Iterator[Path]:
    """Have a folder as it was at a revision, for as long as the block lasts; it keeps its name.

    Raises UsageError when there is no git, no repository, no such revision, or no such folder in it.
    """
    there = _existing(folder)
    top = Path(_git(there, "rev-parse", "--show-toplevel").decode().strip())
    commit = _git(there, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", of=revision)
    inside = folder.resolve().relative_to(top.resolve()).as_posix()
    archive = _git(top, "archive", "--format=tar", commit.decode().strip(), "--", inside, of=revision)
    with tempfile.TemporaryDirectory(prefix="dbconsole-revision-") as place:
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(place, filter="data")
        yield Path(place) / inside


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest above it: it may have been there only then."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _git(place: Path, *words: str, of: str = "") -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(place), *words], capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S607
    except FileNotFoundError as error:
        raise UsageError("git is not installed here, so there are no revisions to read.") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git did not answer within {_PATIENCE:.0f} s.") from error
    if done.returncode:
        said = sanitize(done.stderr.decode(errors="replace").strip(), lines=True)
        what = f"git has no {sanitize(of)} of this folder." if of else "This folder is in no repository of git's."
        raise UsageError(what, detail=said, hint="git log --oneline -- FOLDER lists what there is.")
    return done.stdout
