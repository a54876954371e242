"""1,000 small migrations up and down, beside dbmate, `psql -1` and a single psql session; and status of 10,000 files.

A time is that of a command from its start to its end, on a database of its own that was made just before, on a server
that writes to the disk (`tests/bench/durable.py`). All take turns. Ours is `up --yes` and `down --all --yes`.

- *one psql session* runs one file: the migrations' SQL and the statements that our runner sends besides
  (`tests/bench/one_session.py`). How many times as long ours takes is the median of what each round gives, with ours
  whole, and without what `status` of ten files takes: the start, the connection, the end.
- *dbmate* keeps one row a migration and no history; `--no-dump-schema` spares it pg_dump. It goes back one migration a
  command, so `down` is compared by the migration: ours goes back 1,000, dbmate 50 by 50 commands.
- *psql -1* is a process for each file, in a shell's loop, without any ledger: 100 of them.
- `status` meets a database in which all 10,000 are recorded, by `adopt`.
"""

from __future__ import annotations

import re
import shlex
import shutil
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from console.migrations.files import native
from console.migrations.ledgers.ledger import Direction
from tests.bench import folders
from tests.bench.clients import PSQL
from tests.bench.databases import Ground
from tests.bench.durable import Durable, durable
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.folders import DBMATE, FLYWAY, GOLANG, NATIVE
from tests.bench.one_session import OneSession
from tests.bench.runs import alternate, run

SESSION, LOOP = "one psql session", "psql -1"
_OURS_FOR_DBMATE = f"{US} as dbmate"
_COUNT, _FILES = 1_000, 10_000
_SUBJECT = f"{_COUNT:,} migrations"
_LOOPED, _BACK = 100, 50
_FEW = 10
_TIMES = 1.3
_PROGRAM = Path(__file__).parents[3] / ".tools/dbmate/node_modules/@dbmate/linux-x64/bin/dbmate"
_CONSOLE = str(Path(sys.executable).with_name("dbconsole"))


@dataclass(frozen=True, slots=True)
class Runner:
    """One that applies and rolls back: command lines for a database's URL, and how many migrations each way is."""

    name: str
    up: Callable[[str], Sequence[str]]
    down: Callable[[str], Sequence[str]]
    ups: int = _COUNT
    downs: int = _COUNT


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Measure both ways in turn, then the status; medians."""
    home = ground.cache / "migrations"
    with durable(ground.cache) as server:
        _runs(ground, sheet, server, home, 1 if quick else 7)
        for format in (NATIVE, DBMATE, GOLANG, FLYWAY):
            _status(ground, sheet, server, folders.make(home / f"{format}-files", format, _FILES, back=False), format)


def _runs(ground: Ground, sheet: Sheet, server: Durable, home: Path, rounds: int) -> None:
    runners = _runners(server, home)
    if not _PROGRAM.exists():
        sheet.left_out.append("migrations: dbmate is not in .tools: scripts/install-migration-tools fetches it")
    ups: Mapping[str, list[float]] = {each.name: [] for each in runners}
    downs: Mapping[str, list[float]] = {each.name: [] for each in runners}
    begun = []
    few = folders.make(home / "few", NATIVE, _FEW)
    for _ in range(rounds):
        for each in runners:
            ups[each.name].append(run(each.up(server.fresh(_database(each))), env=ground.env).seconds)
        for each in runners:
            server.settle()
            downs[each.name].append(run(each.down(server.server.url(_database(each))), env=ground.env).seconds)
        begun.append(run([_CONSOLE, "status", server.fresh("few"), "--dir", str(few)], env=ground.env).seconds)
    sheet.figures += [*_figures("up", runners, ups, begun), *_figures("down", runners, downs, begun)]
    sheet.figures.append(Figure(_SUBJECT, f"status of {_FEW} files", "s", {US: statistics.median(begun)}))


def _database(runner: Runner) -> str:
    return re.sub(r"\W+", "_", runner.name)


def _figures(
    way: str, runners: Sequence[Runner], seen: Mapping[str, list[float]], begun: Sequence[float]
) -> list[Figure]:
    counts = {each.name: each.ups if way == "up" else each.downs for each in runners}
    whole = medians({name: seconds for name, seconds in seen.items() if counts[name] == _COUNT})
    each = medians({name: [1000 * one / counts[name] for one in seconds] for name, seconds in seen.items()})
    mine, foreign = whole.pop(US), whole.pop(_OURS_FOR_DBMATE)
    against = DBMATE if DBMATE in each else ""
    pairs = list(zip(seen[US], seen[SESSION], begun, strict=True))
    times = statistics.median(ours / session for ours, session, _ in pairs)
    bare = statistics.median((ours - start) / session for ours, session, start in pairs)
    return [
        Figure(_SUBJECT, way, "s", {US: mine, **whole}, against=DBMATE if DBMATE in whole else ""),
        Figure(_SUBJECT, f"{way}, dbmate's format and ledger", "s", {US: foreign, **whole}),
        Figure(_SUBJECT, f"{way}, times one session", "×", {US: times}, target=_TIMES),
        Figure(_SUBJECT, f"{way}, times one session, without the start", "×", {US: bare}, target=_TIMES),
        Figure(_SUBJECT, f"{way}, a migration", "ms", each, against=against, note=_counted(counts)),
    ]


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {count:,}" for name, count in counts.items() if count != _COUNT)


def _runners(server: Durable, home: Path) -> list[Runner]:
    ours, theirs = folders.make(home / "ours", NATIVE, _COUNT), folders.make(home / "dbmate", DBMATE, _COUNT)
    found = [_ours(US, ours), _session(server, home, ours), _ours(_OURS_FOR_DBMATE, theirs)]
    if _PROGRAM.exists():
        found.append(_dbmate(theirs))
    return [*found, _loop(ours)]


def _ours(name: str, folder: Path) -> Runner:
    where = ["--dir", str(folder), "--yes"]
    return Runner(
        name,
        lambda url: [_CONSOLE, "up", url, *where],
        lambda url: [_CONSOLE, "down", url, "--all", *where],
    )


def _session(server: Durable, home: Path, folder: Path) -> Runner:
    migrations = native.read(folder).migrations
    files = {Direction.UP: home / "up.sql", Direction.DOWN: home / "down.sql"}
    with server.connect("postgres") as connection:
        writes = OneSession(connection)
        files[Direction.UP].write_text(writes.script(migrations, Direction.UP))
        files[Direction.DOWN].write_text(writes.script(migrations[::-1], Direction.DOWN))
    return Runner(
        SESSION,
        lambda url: [*_psql(url), "-f", str(files[Direction.UP])],
        lambda url: [*_psql(url), "-f", str(files[Direction.DOWN])],
    )


def _dbmate(folder: Path) -> Runner:
    def command(url: str, verb: str) -> list[str]:
        return [str(_PROGRAM), "--no-dump-schema", "--migrations-dir", str(folder), "--url", url, verb]

    return Runner(
        DBMATE,
        lambda url: command(url, "up"),
        lambda url: _in_a_loop([command(url, "rollback")] * _BACK),
        downs=_BACK,
    )


def _loop(folder: Path) -> Runner:
    def commands(url: str, part: str, order: int) -> list[str]:
        files = sorted(folder.glob(f"*.{part}.sql"))[:_LOOPED][::order]
        return _in_a_loop([[*_psql(url), "-1", "-f", str(file)] for file in files])

    return Runner(
        LOOP, lambda url: commands(url, "up", 1), lambda url: commands(url, "down", -1), ups=_LOOPED, downs=_LOOPED
    )


def _psql(url: str) -> list[str]:
    return [shutil.which(PSQL) or PSQL, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url]


def _in_a_loop(commands: Sequence[Sequence[str]]) -> list[str]:
    return ["sh", "-e", "-c", "\n".join(map(shlex.join, commands))]


def _status(ground: Ground, sheet: Sheet, server: Durable, folder: Path, format: str) -> None:
    url = server.fresh("files")
    run([_CONSOLE, "adopt", url, "--dir", str(folder), "--yes"], env=ground.env)
    command = [_CONSOLE, "status", url, "--dir", str(folder), "--check"]
    seconds = medians({US: [one.seconds for one in alternate({US: partial(run, command, env=ground.env)}, 5)[US]]})
    sheet.figures.append(Figure(f"status of {_FILES:,} files", format, "s", seconds, target=1.0))
