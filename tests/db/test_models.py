"""Clusters that are copied: made once for an installation, whole or not at all, and never taken for another server."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.db.local import cluster, installations, models, service_user
from console.db.local.embedded import Embedded
from console.db.local.service_user import ServiceUser
from console.db.local.shadow import Shadow
from console.errors import ConnectionFailed


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep models in a folder of the test's own, through which the server's user may pass."""
    user = service_user.current()
    folder = service_user.home(user) / tmp_path_factory.mktemp("models").name
    monkeypatch.setenv(service_user.SERVERS, str(folder))
    yield folder / "models"
    shutil.rmtree(folder)


def below(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def identifier() -> str:
    """Run a shadow; return what tells its cluster from others."""
    async with Shadow.running(major=18) as shadow:
        assert shadow.server.running
        return mark_of(shadow.server)


def remove(path: Path) -> None:
    path.rmdir() if path.is_dir() else path.unlink()


def lay_in_the_way(path: Path) -> None:
    path.parent.mkdir(mode=0o711)
    path.touch()


def mark_of(server: Embedded) -> str:
    """Return the system identifier: the first eight bytes of its control file."""
    return (server.data / "global" / "pg_control").read_bytes()[:8].hex()


async def test_one_is_made_for_all(kept: Path) -> None:
    first = await identifier()
    [model] = below(kept)
    assert await asyncio.gather(identifier(), identifier()) == [first, first]
    assert below(kept) == [model]


async def test_two_that_come_first_agree(kept: Path) -> None:
    assert len(await asyncio.gather(identifier(), identifier())) == 2
    marks = {await identifier(), await identifier()}
    assert len(marks) == 1
    assert not [name for name in below(kept) if name.startswith("new")]


@pytest.mark.parametrize("lost", ["base/1/1259", "pg_notify"])
async def test_what_is_no_longer_whole_is_made_again(kept: Path, lost: str) -> None:
    before = await identifier()
    remove(kept / below(kept)[0] / lost)
    assert await identifier() != before
    assert len(below(kept)) == 1


async def test_other_programs_make_their_own(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = await identifier()
    name, _ = models._marks(installations.embedded(18))
    monkeypatch.setattr(models, "_marks", lambda _: (name, "newer"))
    assert await identifier() != before
    [model] = below(kept)
    assert model.startswith(f"{name}-newer-")


async def test_where_none_can_be_kept_each_is_made(kept: Path) -> None:
    lay_in_the_way(kept)
    assert await identifier() != await identifier()


def test_what_initdb_says_is_told_and_nothing_stays(kept: Path, tmp_path: Path) -> None:
    user, broken = service_user.current(), installations.embedded(18)
    folder = service_user.home(user) / "broken"

    def fail(_: Path) -> None:
        raise cluster.failed("could not make its data folder", "no", "hint")

    with pytest.raises(ConnectionFailed, match="could not make its data folder"):
        models.lay(broken, user.own(folder), user, fail)
    assert below(kept) == []


def test_what_lasts_is_no_copy(kept: Path, tmp_path: Path) -> None:
    servers = [Embedded.start(tmp_path / name) for name in ("one", "two")]
    try:
        assert len(set(map(mark_of, servers))) == 2
        assert not kept.exists()
    finally:
        for server in servers:
            server.destroy()


@pytest.mark.parametrize("root", [True, False])
def test_where_they_are_kept(monkeypatch: pytest.MonkeyPatch, home: Path, root: bool) -> None:
    user = ServiceUser(4711, 4711, as_root=root)
    monkeypatch.delenv(service_user.SERVERS, raising=False)
    assert service_user.home(user) == (Path("/var/lib/dbconsole") if root else home / "cache" / "servers")
    monkeypatch.setenv(service_user.SERVERS, "/srv/servers")
    assert service_user.home(user) == Path("/srv/servers")
    data = service_user.data_home(user, Path("/home/ada/demo"))
    assert data.is_relative_to("/srv/servers/clusters") if root else data == Path("/home/ada/demo")
