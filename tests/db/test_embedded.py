"""A server of our own: private, shared by several consoles, and never left behind, whatever happens to them."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo

from console.db.local import cluster, installations, service_user
from console.db.local.embedded import Embedded
from console.db.local.installations import Installation
from console.db.local.postmaster import exists, wait
from console.db.local.service_user import ServiceUser
from console.errors import ConnectionFailed, ConsoleError, UsageError
from tests import ports

ROOT = os.geteuid() == 0
NOBODY = 65534
FORGETFUL = "import sys; from pathlib import Path; from console.db.local.embedded import Embedded;"
FORGETFUL += "print(Embedded.start(Path(sys.argv[1])).pid)"


class Console:
    """Another process that uses the server in a folder, as we are or as an ordinary user."""

    def __init__(self, folder: Path, *, ordinary: bool = False) -> None:
        forking = multiprocessing.get_context("fork")  # an ordinary user need not be able to read this Python
        self._pipe, theirs = forking.Pipe()
        self._process = forking.Process(target=_work, args=(folder, theirs, ordinary and ROOT))
        self._process.start()

    def says(self) -> tuple[int, Path, Path]:
        """Return the server's process, its socket's folder and its data, once it runs."""
        assert self._pipe.poll(60)
        pid, socket, data = self._pipe.recv()
        return pid, socket, data

    def do(self, word: str) -> None:
        """Have it leave, or leave and keep the server; wait until it has ended."""
        self._pipe.send(word)
        self._process.join(60)
        assert self._process.exitcode == 0

    def kill(self, sign: int) -> None:
        """Send it a signal that it does not catch."""
        os.kill(self._process.pid or 0, sign)
        self._process.join(60)


def _work(folder: Path, pipe: Connection, ordinary: bool) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if ordinary:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        server = Embedded.start(folder)
    except ConsoleError as error:
        error.add_note(error.detail)
        raise
    pipe.send((server.pid, server.socket, server.data))
    server.leave(keep=pipe.recv() == "keep")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder that has a cluster, for all tests here: making one takes longer than most of them."""
    folder = tmp_path_factory.mktemp("home") / "data"
    server = Embedded.start(folder)
    server.leave()
    yield folder
    server.destroy()


@pytest.fixture
def folder(home: Path) -> Iterator[Path]:
    """Return the folder; after the test no server may be left in it."""
    yield home
    for file in where(home).glob("*/postmaster.pid"):
        os.kill(int(file.read_text().split()[0]), signal.SIGQUIT)
        pytest.fail("a server was left behind")


@pytest.fixture
def started(folder: Path) -> Iterator[Callable[..., Embedded]]:
    """Return a starter of servers; all are stopped."""
    servers: list[Embedded] = []

    def start(other: Path = folder, **options: object) -> Embedded:
        servers.append(Embedded.start(other, **options))  # type: ignore[arg-type]
        return servers[-1]

    yield start
    for server in servers:
        server.leave()


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """Return a folder that other users get to; pytest closes its own to them whenever it is started anew."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def where(folder: Path) -> Path:
    """Return where the cluster of a folder lies."""
    return service_user.data_home(service_user.current(), folder)


def test_one_console_starts_it_privately_and_stops_it_behind_itself(folder: Path) -> None:
    console = Console(folder)
    pid, socket, data = console.says()
    for path in (socket, data):
        assert (mode(path), path.stat().st_uid) == (0o700, service_user.current().uid)
    assert mode(data.with_suffix(".log")) == 0o600
    assert (mode(data.parent), data.parent.stat().st_uid) == (0o711 if ROOT else 0o700, os.geteuid())
    console.do("leave")
    assert not exists(pid)
    assert not socket.exists()


def test_an_ordinary_user_has_it_at_home(elsewhere: Path) -> None:
    """Two users on one machine do not meet: root's consoles and theirs have their own."""
    if ROOT:
        service_user.reachable(service_user.current(), installations.embedded())
        os.chown(elsewhere, NOBODY, NOBODY)
    console = Console(elsewhere / "data", ordinary=True)
    pid, socket, data = console.says()
    assert data == elsewhere / "data" / "pg18"
    for path in (socket, data, data.parent):
        assert (mode(path), path.stat().st_uid) == (0o700, NOBODY if ROOT else os.geteuid())
    console.do("leave")
    assert not exists(pid)


def test_consoles_that_start_at_the_same_moment_share_it_and_the_last_one_stops_it(folder: Path) -> None:
    consoles = [Console(folder) for _ in range(3)]
    [(pid, socket, _)] = {console.says() for console in consoles}
    for console in consoles[:2]:
        console.do("leave")
        assert exists(pid)
    with psycopg.connect(host=str(socket), user="postgres") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    consoles[2].do("leave")
    assert not exists(pid)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_what_a_killed_console_leaves_the_next_one_joins_and_stops(folder: Path, sign: int) -> None:
    killed = Console(folder)
    pid, *_ = killed.says()
    killed.kill(sign)
    assert exists(pid)
    following = Console(folder)
    assert following.says()[0] == pid
    following.do("leave")
    assert not exists(pid)


def test_whoever_forgets_to_leave_does_so_at_the_end(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FORGETFUL, str(folder)], capture_output=True, text=True, check=True)
    assert not exists(int(done.stdout))


def test_what_is_to_be_kept_stays_until_it_is_stopped_on_purpose(folder: Path) -> None:
    keeping = Console(folder)
    pid, *_ = keeping.says()
    keeping.do("keep")
    passing = Console(folder)
    assert passing.says()[0] == pid
    passing.do("leave")
    assert exists(pid)
    assert Embedded.stop_below(folder)
    assert not exists(pid)
    assert not Embedded.stop_below(folder)
    again = Console(folder)
    pid, *_ = again.says()
    again.do("leave")
    assert not exists(pid)


def test_stopping_what_never_was(folder: Path) -> None:
    assert not Embedded.stop_below(folder)


def test_a_crash_of_the_server_is_recovered_from(started: Callable[..., Embedded]) -> None:
    server = started()
    with psycopg.connect(**server.params(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS i")
    crash(server)
    assert not server.running
    again = started()
    with psycopg.connect(**again.params()) as connection:
        assert connection.execute("SELECT i FROM kept").fetchone() == (1,)
        connection.execute("DROP TABLE kept")


def test_a_number_that_a_crash_has_left_is_not_believed(started: Callable[..., Embedded]) -> None:
    """Another program may have it by now: it is neither taken for the server nor stopped in its place."""
    server = started()
    crash(server)
    file = server.data / "postmaster.pid"
    innocent = subprocess.Popen(["sleep", "60"], **service_user.current().run_options())
    try:
        file.write_text("\n".join([str(innocent.pid), *file.read_text().splitlines()[1:]]) + "\n")
        assert "ready" in file.read_text()
        assert not server.running
        server.stop()
        assert innocent.poll() is None
        assert started().running
    finally:
        innocent.kill()
        innocent.wait()


@pytest.mark.parametrize(
    "name",
    ["with spaces and 'quotes'", 'com,ma and "more"', "Ünïcödé-Ωmega-数据", "long" * 50, "a/b/c"],
    ids=["spaces", "commas", "letters", "long", "deep"],
)
def test_paths_of_every_kind(started: Callable[..., Embedded], folder: Path, name: str) -> None:
    elsewhere = folder / name
    service_user.current().around(where(elsewhere))
    (where(folder) / "pg18").rename(where(elsewhere) / "pg18")
    try:
        server = started(elsewhere)
        for way in (server.url(), conninfo.make_conninfo(**server.params())):
            with psycopg.connect(way) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
        server.leave()
    finally:
        (where(elsewhere) / "pg18").rename(where(folder) / "pg18")
        shutil.rmtree(where(elsewhere))


def test_starting_again_is_quick(started: Callable[..., Embedded], monkeypatch: pytest.MonkeyPatch) -> None:
    """One program is begun, the server itself, if its version is known: 0.1 s on an idle machine."""
    started().stop()
    begun: list[list[str]] = []
    popen = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **options: begun.append(command) or popen(command, **options)
    )
    started()
    assert len([command for command in begun if "--version" not in command]) == 1, begun


def test_the_server_knows_nothing_of_our_environment(
    started: Callable[..., Embedded], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hush")
    monkeypatch.setenv("PGPASSWORD", "hush")
    with psycopg.connect(**started().params()) as connection:
        connection.execute("CREATE TEMP TABLE seen (line text)")
        connection.execute("COPY seen FROM PROGRAM 'env'")
        seen = {line for (line,) in connection.execute("SELECT line FROM seen").fetchall()}
    assert any(line.startswith("PATH=") for line in seen)
    assert not any("hush" in line for line in seen)


def test_a_port_of_the_loopback_wants_a_password(started: Callable[..., Embedded]) -> None:
    server = started(settings={"listen_addresses": "127.0.0.1", "port": str(ports.free())})
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(**{**server.params(), "host": "127.0.0.1"})


def test_settings_that_are_wrong_are_told_in_the_servers_words(folder: Path) -> None:
    with pytest.raises(ConnectionFailed, match="did not start") as caught:
        Embedded.start(folder, settings={"shared_buffers": "nonsense"})
    assert "nonsense" in caught.value.detail
    assert "log" in caught.value.hint


def test_a_cluster_of_another_version_is_left_alone(started: Callable[..., Embedded], folder: Path) -> None:
    server = started()
    server.stop()
    (server.data / "PG_VERSION").write_text("12\n")
    try:
        with pytest.raises(UsageError, match="PostgreSQL 12, and the programs are of 18"):
            Embedded.start(folder)
    finally:
        (server.data / "PG_VERSION").write_text("18\n")


def test_a_full_disk_is_named(elsewhere: Path) -> None:
    folder = elsewhere / "data"
    broken = elsewhere / "bin"
    broken.mkdir()
    script = "#!/bin/sh\n[ $1 = --version ] && exit\necho 'initdb: error: No space left on device' >&2\nexit 1\n"
    for name in ("initdb", "postgres"):
        (broken / name).write_text(script)
        (broken / name).chmod(0o755)
    with pytest.raises(ConnectionFailed, match="the disk is full") as caught:
        Embedded.start(folder, installation=Installation(18, broken))
    assert "Make room" in caught.value.hint
    assert not list(where(folder).glob("*.new"))
    shutil.rmtree(where(folder))


def test_a_folder_or_a_link_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    me = ServiceUser(os.geteuid(), os.getegid(), as_root=False)
    own = me.own(tmp_path / "own")
    (tmp_path / "mine").symlink_to(own)
    assert me.own(tmp_path / "mine") == tmp_path / "mine"
    stranger = ServiceUser(os.geteuid() + 1, os.getegid(), as_root=False)
    (tmp_path / "file").touch()
    for user, path in ((stranger, own), (stranger, tmp_path / "mine"), (me, tmp_path / "file")):
        with pytest.raises(UsageError, match="belongs to somebody else or is no folder"):
            user.own(path)
    loose = tmp_path / "loose"
    loose.mkdir(mode=0o777)
    assert mode(me.own(loose)) == 0o700


def test_a_link_of_somebody_else_to_our_own_folder_is_not_followed(tmp_path: Path) -> None:
    """Laid in /tmp beforehand, it would have us put the socket, and our hands, where its maker wants."""
    own = tmp_path / "own"
    own.mkdir(mode=0o755)
    (tmp_path / "trap").symlink_to(own)
    owner = ServiceUser(os.geteuid() if not ROOT else NOBODY, os.getegid(), as_root=False)
    if ROOT:
        os.chown(own, NOBODY, NOBODY)  # root has laid the link
    else:
        owner = ServiceUser(0, 0, as_root=False)
    with pytest.raises(UsageError):
        owner.own(tmp_path / "trap")
    assert mode(own) == 0o755


def test_programs_below_a_private_folder_are_copied_once(tmp_path: Path) -> None:
    private = tmp_path / "private"
    (private / "bin").mkdir(parents=True)
    (private / "bin" / "postgres").write_text("#!/bin/sh\n")
    (private / "bin" / "postgres").chmod(0o755)
    private.chmod(0o700)
    installation, user = Installation(18, private / "bin"), service_user.current()
    first, second = service_user.reachable(user, installation), service_user.reachable(user, installation)
    assert first == second
    if not ROOT:
        assert first == installation
        return
    assert first.bin != installation.bin
    assert (first.root.stat().st_uid, mode(first.root)) == (0, 0o755)
    shutil.rmtree(first.root)


def test_the_socket_has_a_short_private_home(monkeypatch: pytest.MonkeyPatch) -> None:
    me = ServiceUser(1000, 1000, as_root=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert cluster.socket_folder(me, Path("/home/ann/.local/share/dbconsole/demo/pg18")) == Path(
        "/home/ann/.local/share/dbconsole/demo/s"
    )
    far = cluster.socket_folder(me, Path("/home/ann/" + "x" * 200 + "/pg18"))
    assert far.name.startswith("dbconsole-1000-")
    assert len(str(far)) < 80
    monkeypatch.setenv("XDG_RUNTIME_DIR", tempfile.gettempdir())
    assert cluster.socket_folder(me, Path("/home/ann/demo/pg18")).name.startswith("dbconsole-")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def crash(server: Embedded) -> None:
    """Kill the server's process; its children notice and go."""
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    assert wait(lambda: not server._sharing.lives, 20)
