"""`dbconsole demo`: a server of its own, shared by consoles, gone with the last of them, whatever ends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config import names
from console.db.local import service_user
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.pty_terminal import Terminal

USABLE = "ceo_task_log"  # a table of the sample system skintwin
BROKEN = """
from console.cli.main import main
from console.ui.app import ConsoleApp
ConsoleApp.do_help = lambda self: 1 / 0
main(["demo", "skintwin", "--traffic", "--keep"])
"""
TRAFFIC = "SELECT count(*) FROM pg_stat_activity WHERE application_name ^@ 'demo traffic/'"
ITS_ROWS = """
SELECT (SELECT count(*) FROM ceo_task_log WHERE task_id ^@ 'traffic-')
    + (SELECT count(*) FROM skin_twin.hypergraph_nodes WHERE id ^@ 'traffic-')
    + (SELECT count(*) FROM skin_twin.audit_log WHERE entity_id ^@ 'traffic-')
"""


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

    def connect(self, database: str = "skintwin") -> psycopg.Connection[Any]:
        """Connect to a database of it, behind the console's back."""
        lines = (self.clusters / "pg18" / "postmaster.pid").read_text().split("\n")
        return psycopg.connect(host=lines[4], port=lines[3], user="postgres", dbname=database, autocommit=True)

    @property
    def databases(self) -> set[str]:
        """The databases that there are."""
        with self.connect("postgres") as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database WHERE NOT datistemplate")}

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
        out, err = process.communicate(timeout=600)
        assert "Traceback" not in err
        return process.returncode, out, err

    def destroy(self) -> None:
        self.run("demo", "--stop")
        shutil.rmtree(self.clusters, ignore_errors=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Return a demo whose databases are all built already."""
    demo = Demo(tmp_path_factory.mktemp("demo"))
    assert demo.run("demo", "--url")[0] == 0
    assert demo.run("demo", "--stop")[0] == 0
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
    with demo.console("skintwin") as console:
        console.wait_for(USABLE)
        at_rest(console)
        assert demo.runs
        console.keys(key)
        assert console.wait() == 0
        assert console.cooked
    assert not demo.runs


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_does_so_too(demo: Demo, sign: signal.Signals) -> None:
    with demo.console("skintwin") as console:
        console.wait_for(USABLE)
        assert not console.cooked
        console.signal(sign)
        assert console.wait() == 130
        assert console.cooked
    assert not demo.runs


def test_a_lost_terminal_does_so_too(demo: Demo) -> None:
    with demo.console("skintwin") as console:
        console.wait_for(USABLE)
        console.hang_up()
    assert not demo.runs


def test_a_second_console_joins_and_the_last_one_stops(demo: Demo) -> None:
    with demo.console("skintwin") as first, demo.console("skintwin") as second:
        first.wait_for(USABLE)
        second.wait_for(USABLE)
        first.keys("q")
        assert first.wait() == 0
        assert demo.runs
        second.keys("q")
        assert second.wait() == 0
    assert not demo.runs


def test_keep_keeps_it(demo: Demo) -> None:
    with demo.console("skintwin", "--keep") as console:
        console.wait_for(USABLE)
        console.keys("q")
        assert console.wait() == 0
    assert demo.run("status", "demo:skintwin")[0] == 0
    assert demo.runs, "a command that joined has left it running"
    assert demo.run("demo", "--stop") == (0, "", "The demo's server is stopped.\n")
    assert not demo.runs
    assert demo.run("demo", "--stop") == (0, "", "The demo's server was not running.\n")


def test_what_a_killed_console_left_behind_is_joined_and_stopped(demo: Demo) -> None:
    with demo.console("skintwin") as console:
        console.wait_for(USABLE)
        console.signal(signal.SIGKILL)
        console.wait()
    assert demo.runs
    assert demo.run("status", "demo:skintwin")[0] == 0
    assert not demo.runs


def test_a_url_for_other_programs(demo: Demo) -> None:
    code, out, err = demo.run("demo", "skintwin", "--url")
    assert code == 0
    assert demo.runs
    assert "dbconsole demo --stop" in err
    with psycopg.connect(out.strip()) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM ceo_task_log").fetchone() == (True,)
        connection.execute("DROP TABLE ceo_task_log CASCADE")
    assert demo.run("demo", "skintwin", "--url", "--reset")[0] == 0
    with psycopg.connect(out.strip()) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM ceo_task_log").fetchone() == (True,)


def test_without_a_terminal(demo: Demo) -> None:
    code, out, err = demo.run("demo", "--keep")
    assert (code, out) == (2, "")
    assert "needs a terminal" in err
    assert not demo.runs


def test_every_demo_goes_as_far_as_it_should(demo: Demo) -> None:
    assert demo.run("demo", "--url")[1].partition("?")[0].endswith("/kimbleai")
    said = {name: demo.run("status", f"demo:{name}") for name in names.DEMOS}
    assert {
        name for name, (code, out, _) in said.items() if code == 0 and "pending" not in out
    } == names.DEMOS.keys() - {"graph-dev"}
    assert "1 applied, 2 pending" in said["graph-dev"][1]
    assert demo.databases == {"postgres", *(name.replace("-", "_") for name in names.DEMOS)}


@pytest.mark.slow
def test_the_scale_counts_when_it_is_built(demo: Demo) -> None:
    def images() -> int:
        with demo.connect("negative_space") as connection:
            return int(connection.execute("SELECT count(*) FROM images").fetchone()[0])  # type: ignore[index]

    said = demo.run("demo", "negative_space", "--url", "--scale", "2")[2]
    assert "negative_space is there already, and --scale counts when a demo is built" in said
    usual = images()
    assert "--scale" not in demo.run("demo", "negative_space", "--url", "--scale", "2", "--reset")[2]
    assert images() == 2 * usual


def test_the_console_says_so_too(demo: Demo) -> None:
    with demo.console("skintwin", "--scale", "2") as console:
        console.wait_for("skintwin is there already")
        console.wait_for(USABLE)
        console.keys("q")
        assert console.wait() == 0


class TestTraffic:
    @pytest.fixture
    def console(self, demo: Demo) -> Iterator[Terminal]:
        """Return a console with traffic that has begun."""
        with demo.console("skintwin", "--traffic", "--keep") as console:
            console.wait_until(lambda: "traffic" in console.lines[0], what="traffic on top")
            with demo.connect() as behind:
                watch(console, lambda: count(behind, ITS_ROWS) > 0)
                assert 0 < count(behind, TRAFFIC) <= 5
            yield console

    @pytest.mark.parametrize("end", ["q", "ctrl+c", signal.SIGTERM, "hang up"])
    def test_it_ends_with_the_console(self, demo: Demo, console: Terminal, end: str | signal.Signals) -> None:
        if end == "hang up":
            console.hang_up()
        elif isinstance(end, signal.Signals):
            console.signal(end)
            assert console.wait() == 130
        else:
            at_rest(console)
            console.keys(end)
            assert console.wait() == 0
        with demo.connect() as behind:
            assert (count(behind, TRAFFIC), count(behind, ITS_ROWS)) == (0, 0)

    def test_a_server_that_is_stopped_disturbs_nobody(self, demo: Demo, console: Terminal) -> None:
        assert demo.run("demo", "--stop")[0] == 0
        console.keys("o")
        console.wait_for("demo:graph-prod")
        console.keys("escape")
        console.wait_until(lambda: not any("demo:graph-prod" in line for line in console.lines), what="the list's end")
        console.keys("q")
        assert console.wait() == 0
        assert not demo.runs

    def test_a_fault_ends_it_too(self, demo: Demo) -> None:
        argv = [sys.executable, "-c", BROKEN]
        with Terminal(argv, rows=24, columns=80, env=demo.env) as console:
            console.wait_until(lambda: "traffic" in console.lines[0], what="traffic on top")
            with demo.connect() as behind:
                watch(console, lambda: count(behind, ITS_ROWS) > 0)
                console.keys("?")
                assert console.wait() == 1
                assert (count(behind, TRAFFIC), count(behind, ITS_ROWS)) == (0, 0)

    def test_when_it_is_killed_its_sessions_end_and_the_next_one_clears_up(self, demo: Demo, console: Terminal) -> None:
        console.signal(signal.SIGKILL)
        console.wait()
        with demo.connect() as behind:
            watch(console, lambda: count(behind, TRAFFIC) == 0)
            with demo.console("skintwin", "--traffic", "--keep") as second:
                watch(second, lambda: count(behind, TRAFFIC) > 0)
                second.keys("q")
                assert second.wait() == 0
            assert count(behind, ITS_ROWS) == 0


def at_rest(console: Terminal) -> None:
    """Wait until all has been read that is read at a start: with something running, ctrl+c would cancel that."""
    console.wait_until(lambda: "PG 18" in console.lines[0] and " objects ─" in console.lines[2], what="all of it")
    console.settle()


def watch(console: Terminal, holds: Callable[[], bool]) -> None:
    """Read what the console draws until something holds elsewhere."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "\n".join(console.lines)
        console.settle(quiet=0.02, timeout=0.05)


def count(connection: psycopg.Connection[Any], sql: str) -> int:
    """Return the number that a query gives."""
    row = connection.execute(sql.encode()).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Demo]:
    """Return a demo of which nothing is there yet."""
    demo = Demo(tmp_path / "home")
    yield demo
    demo.destroy()


class TestBehindTheConsole:
    def test_the_others_are_built_and_leaving_stops_that(self, fresh: Demo) -> None:
        with fresh.console("graph-dev", "--keep") as console:
            console.wait_for("graph_nodes")
            console.wait_for("building kimbleai …")
            console.keys("q")
            assert console.wait() == 0
        assert not [name for name in fresh.databases if "being_built" in name]
        assert "graph_dev" in fresh.databases
        assert "kimbleai" not in fresh.databases

    def test_one_that_was_killed_leaves_nothing_for_long(self, fresh: Demo) -> None:
        with fresh.console("graph-dev", "--keep") as console:
            console.wait_for("building kimbleai …")
            watch(console, lambda: "kimbleai_being_built" in fresh.databases)
            console.signal(signal.SIGKILL)
            console.wait()
        assert fresh.run("status", "demo:graph-prod")[0] == 0
        assert fresh.run("demo", "graph-dev", "--url")[0] == 0
        assert fresh.databases == {"postgres", "graph_dev", "graph_prod"}


class TestInterruptedWhileItIsMade:
    def stopped(self, demo: Demo, process: subprocess.Popen[str]) -> str:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "Traceback" not in err
        assert not demo.runs
        return err

    def test_at_the_start_of_the_server(self, fresh: Demo) -> None:
        process = fresh.start("status", "demo:skintwin")
        deadline = time.monotonic() + 60
        while not fresh.clusters.exists():
            assert time.monotonic() < deadline
            time.sleep(0.005)
        self.stopped(fresh, process)

    def test_while_it_is_filled(self, fresh: Demo) -> None:
        process = fresh.start("status", "demo:skintwin")
        assert process.stderr is not None
        assert process.stderr.readline() == "building skintwin …\n"
        self.stopped(fresh, process)
