"""`dbconsole demo`: a server of its own, shared by consoles, gone with the last of them, whatever ends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from console.db import service_user
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.pty_terminal import Terminal

USABLE = "ceo_task_log"  # a table of the first sample system


class Demo:
    """The demo of one home folder, looked at from outside."""

    def __init__(self, home: Path) -> None:
        self.env = {"DBCONSOLE_HOME": str(home), "PYTHONPATH": str(ROOT)}
        self.clusters = service_user.data_home(service_user.current(), home / "data" / "demo")

    @property
    def runs(self) -> bool:
        """Whether there is a server process."""
        try:
            os.kill(int((self.clusters / "pg18" / "postmaster.pid").read_text().split("\n", 1)[0]), 0)
        except (OSError, ValueError):
            return False
        return True

    def console(self, *words: str) -> Terminal:
        """Open the console on it."""
        return Terminal([sys.executable, "-m", "console", "demo", *words], rows=24, columns=80, env=self.env)

    def start(self, *words: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [*DBCONSOLE, *words], env={**os.environ, **self.env}, stdout=pipe, stderr=pipe, text=True
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        """Run a plain command; return its exit code and what it printed."""
        process = self.start(*words)
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in err
        return process.returncode, out, err

    def destroy(self) -> None:
        self.run("demo", "--stop")
        shutil.rmtree(self.clusters, ignore_errors=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Return a demo that is built already."""
    demo = Demo(tmp_path_factory.mktemp("demo"))
    assert demo.run("status", "demo")[0] == 0
    yield demo
    demo.destroy()


@pytest.fixture
def demo(built: Demo) -> Iterator[Demo]:
    """Return the demo, not running; after the test, whatever came of it, it does not run either."""
    assert not built.runs
    yield built
    if built.runs:
        built.run("demo", "--stop")


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_leaving_stops_the_server(demo: Demo, key: str) -> None:
    with demo.console() as console:
        console.wait_for(USABLE)
        console.settle()  # with something running, ctrl+c would cancel that
        assert demo.runs
        console.keys(key)
        assert console.wait() == 0
        assert console.cooked
    assert not demo.runs


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_does_so_too(demo: Demo, sign: signal.Signals) -> None:
    with demo.console() as console:
        console.wait_for(USABLE)
        assert not console.cooked
        console.signal(sign)
        assert console.wait() == 130
        assert console.cooked
    assert not demo.runs


def test_a_lost_terminal_does_so_too(demo: Demo) -> None:
    with demo.console() as console:
        console.wait_for(USABLE)
        console.hang_up()
    assert not demo.runs


def test_a_second_console_joins_and_the_last_one_stops(demo: Demo) -> None:
    with demo.console() as first, demo.console() as second:
        first.wait_for(USABLE)
        second.wait_for(USABLE)
        first.keys("q")
        assert first.wait() == 0
        assert demo.runs
        second.keys("q")
        assert second.wait() == 0
    assert not demo.runs


def test_keep_keeps_it(demo: Demo) -> None:
    with demo.console("--keep") as console:
        console.wait_for(USABLE)
        console.keys("q")
        assert console.wait() == 0
    assert demo.run("status", "demo")[0] == 0
    assert demo.runs, "a command that joined has left it running"
    assert demo.run("demo", "--stop") == (0, "", "The demo's server is stopped.\n")
    assert not demo.runs
    assert demo.run("demo", "--stop") == (0, "", "The demo's server was not running.\n")


def test_what_a_killed_console_left_behind_is_joined_and_stopped(demo: Demo) -> None:
    with demo.console() as console:
        console.wait_for(USABLE)
        console.signal(signal.SIGKILL)
        console.wait()
    assert demo.runs
    assert demo.run("status", "demo")[0] == 0
    assert not demo.runs


def test_a_url_for_other_programs(demo: Demo) -> None:
    code, out, err = demo.run("demo", "--url")
    assert code == 0
    assert demo.runs
    assert "dbconsole demo --stop" in err
    with psycopg.connect(out.strip()) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM ceo_task_log").fetchone() == (True,)
        connection.execute("DROP TABLE ceo_task_log CASCADE")
    assert demo.run("demo", "--url", "--reset")[0] == 0
    with psycopg.connect(out.strip()) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM ceo_task_log").fetchone() == (True,)


def test_without_a_terminal(demo: Demo) -> None:
    code, out, err = demo.run("demo", "--keep")
    assert (code, out) == (2, "")
    assert "needs a terminal" in err
    assert not demo.runs


class TestInterruptedWhileItIsMade:
    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Iterator[Demo]:
        demo = Demo(tmp_path / "home")
        yield demo
        demo.destroy()

    def stopped(self, demo: Demo, process: subprocess.Popen[str]) -> str:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "Traceback" not in err
        assert not demo.runs
        return err

    def test_at_the_start_of_the_server(self, fresh: Demo) -> None:
        process = fresh.start("status", "demo")
        deadline = time.monotonic() + 30
        while not fresh.clusters.exists():
            assert time.monotonic() < deadline
            time.sleep(0.005)
        self.stopped(fresh, process)

    def test_while_it_is_filled(self, fresh: Demo) -> None:
        process = fresh.start("status", "demo")
        assert process.stderr is not None
        assert process.stderr.readline() == "building skintwin …\n"
        self.stopped(fresh, process)
