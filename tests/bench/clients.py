"""The clients that are measured side by side: how each is started, and by what one sees that it is there.

First paint and usable are read from the screen, for each as kindly as can be:
- the console: painted when the tabs and the target stand there, usable when a table's name does;
- `bare`: the least that Textual and psycopg can do (see `bare.py`), usable with the first leaf; a floor, no rival;
- harlequin: painted when its panes' titles stand there, usable when its catalog shows the database. A table's name
  takes three more keys there, which are not counted;
- pgcli and psql: both are their prompt, which shows the database's name.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.databases import Ground
from tests.bench.figures import US
from tests.bench.terminal import Timed

PLAIN = f"{US} --plain-output"
BARE, HARLEQUIN, PGCLI, PSQL = "bare", "harlequin", "pgcli", "psql"


@dataclass(frozen=True, slots=True)
class Client:
    """A client. `argv` makes its command line of a URL; `painted` and `usable` make texts of the database's name."""

    name: str
    argv: Callable[[str], list[str]]
    painted: Callable[[str], tuple[str, ...]]
    usable: Callable[[str], tuple[str, ...]]
    version: Sequence[str]
    env: Mapping[str, str]

    def start(self, url: str) -> Timed:
        """Start it in a terminal of 120 columns and 36 rows; close the terminal to end it."""
        return Timed(self.argv(url), env=self.env)


def clients(ground: Ground, table: str = "ceo_task_log") -> dict[str, Client]:
    """Return the clients that are installed; `table` is the name by which a tree is usable."""
    return {client.name: client for client in (*_ours(ground, table), *_peers(ground)) if _is_there(client)}


def peers_folder(ground: Ground) -> Path:
    """Return where `scripts/install-bench-peers` puts them."""
    return ground.cache / "peers"


def _ours(ground: Ground, table: str) -> list[Client]:
    console = str(Path(sys.executable).with_name("dbconsole"))
    bare = [sys.executable, str(Path(__file__).with_name("bare.py"))]

    def painted(database: str) -> tuple[str, ...]:
        return "1 Schema", database

    def usable(database: str) -> tuple[str, ...]:
        return "1 Schema", table

    version = (console, "--version")
    return [
        Client(US, lambda url: [console, *_words(ground, url)], painted, usable, version, ground.env),
        Client(
            PLAIN, lambda url: [console, "--plain-output", *_words(ground, url)], painted, usable, version, ground.env
        ),
        Client(BARE, lambda url: [*bare, url], lambda _: ("Database",), lambda _: ("Database", "── "), (), ground.env),
    ]


def _words(ground: Ground, url: str) -> list[str]:
    """Open the demo as a person does, anything else by its URL."""
    return ["demo", "skintwin"] if url == ground.demo else [url]


def _peers(ground: Ground) -> list[Client]:
    folder = peers_folder(ground)
    harlequin, pgcli = (str(folder / name / "bin" / name) for name in (HARLEQUIN, PGCLI))
    env = {**ground.env, "PAGER": "cat"}
    return [
        Client(
            HARLEQUIN,
            lambda url: [harlequin, "--adapter", "postgres", url],
            lambda _: ("Data Catalog", "Query Editor"),
            lambda database: ("Data Catalog", f"{database} db"),
            (harlequin, "--version"),
            env,
        ),
        _prompting(PGCLI, pgcli, [], ">", env),
        _prompting(PSQL, shutil.which(PSQL) or PSQL, ["-X"], "=#", env),
    ]


def _prompting(name: str, program: str, options: list[str], sign: str, env: Mapping[str, str]) -> Client:
    def prompt(database: str) -> tuple[str, ...]:
        return (f"{database}{sign}",)

    return Client(name, lambda url: [program, *options, url], prompt, prompt, (program, "--version"), env)


def _is_there(client: Client) -> bool:
    return shutil.which(client.argv("")[0]) is not None
