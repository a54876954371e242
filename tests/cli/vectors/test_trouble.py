"""`dbconsole search` that cannot be: one sentence and the right exit code; stopped, too slow, behind a pooler."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli.console import Console
from tests.cli.test_interruptions import Running
from tests.databases import Databases

pytestmark = pytest.mark.vector


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["doks", "--like", "1"], 2, "Did you mean"),
        (["docs.title", "--like", "1"], 2, "there are no vectors in it"),
        (["--like", "1"], 2, "There are 3 columns of vectors: which one is to be searched?"),
        (["docs", "--like", "99"], 2, "99"),
        (["docs", "--like", "38"], 2, ""),
        (["docs", "--like", "x"], 2, ""),
        (["docs", "--like", "1,2"], 2, ""),
        (["keyless", "--like", "1"], 2, "key"),
        (["docs", "--vector", "[1,2]"], 2, "3"),
        (["docs", "--vector", "[1,a,3]"], 2, ""),
        (["docs", "--vector", ""], 2, "--vector is empty"),
        (["docs", "--text", "words"], 2, "No embedder is named for public.docs.embedding"),
        (["docs", "--text", "words", "--embedder", "nobody"], 2, "There is no embedder nobody"),
        (["docs", "--text", "words", "--embedder", "http://127.0.0.1:1/v1#m"], 3, ""),
        (["docs", "--like", "1", "--text", "x"], 2, "--like and --text are ways to ask of which one is taken."),
        (["docs", "--like", "1", "--where", "nope = 1"], 4, "nope"),
        (["docs", "--like", "1", "--where", "true; DELETE FROM docs"], 2, ""),
        (["docs", "--like", "1", "--where", "careless('[1,2,3]') IS NULL"], 5, ""),
        (["docs", "--like", "1", "--metric", "hamming"], 2, "hamming"),
        (["docs", "--like", "1", "--ef-search", "0"], 2, ""),
        (["docs", "--like", "1", "-k", "0"], 2, ""),
        (["docs", "--expr", "1 +"], 2, ""),
        (["docs", "--fulltext", "a", "--text-column", "nope"], 2, "nope"),
        (["docs", "--list"], 2, "--list lists all columns."),
        (["docs", "--sql"], 2, "--sql is the SQL of one search."),
        (["docs", "--like", "1", "--sql", "--json"], 2, "two forms"),
        (["docs", "--arg", "a=1"], 2, "--arg is for --function NAME."),
        (["docs", "--yes"], 2, "are for --build"),
        (["pairs", "--recall"], 2, "has no index"),
        (["docs", "more", "words"], 2, "too many"),
    ],
)
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_what_cannot_be(
    console: Console, library: str, words: list[str], code: int, said: str, as_json: list[str]
) -> None:
    if "--sql" in words and as_json and "--json" not in words:
        as_json = []
    done = console("search", library, *words, *as_json)
    assert done.code == code, done.said
    assert said in done.err
    assert done.err.count("✗") == 1


def test_no_extension(console: Console, here: str) -> None:
    done = console("search", here, "docs", "--like", "1")
    assert done.code == 2
    assert "docs cannot be searched: the extension vector is not created in this database" in done.err
    assert "CREATE EXTENSION vector" in done.err


def test_that_words_leave_the_machine_is_said_before(console: Console, library: str, workplace: Path) -> None:
    done = console(
        "search",
        library,
        "docs",
        "--text",
        "secret words",
        "--embedder",
        "http://embedder.invalid/v1#m",
        "--timeout",
        "1",
    )
    assert done.code == 3
    assert "embedder.invalid" in done.err.split("✗")[0]


def test_a_targets_password_stands_nowhere(console: Console, library: str) -> None:
    done = console(
        "search", library.replace("postgres@", "postgres:hidden@"), "docs", "--like", "7", "--plan", "--json"
    )
    assert "hidden" not in done.said


def test_one_that_takes_too_long(console: Console, library: str) -> None:
    done = console(
        "search", library, "docs", "--like", "1", "--where", "pg_sleep(5) IS NOT NULL", "--timeout", "1", "--exact"
    )
    assert done.code == 4
    assert "statement timeout" in done.err


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle(
    console: Console, here: str, scratch: Target, databases: Databases, sign: signal.Signals
) -> None:
    sql = "CREATE EXTENSION vector SCHEMA public; CREATE TABLE t (id int PRIMARY KEY, v public.vector(2));"
    sql += "INSERT INTO t VALUES (1, '[1,0]'), (2, '[0,1]')"
    assert console("query", here, sql, "--write", "--yes").code == 0
    words = ["t", "--vector", "[1,0]", "--where", "pg_catalog.pg_sleep(60) IS NOT NULL", "--timeout", "100"]
    running = Running(databases, scratch, "search", here, *words, "--json")
    try:
        running.wait_until_it_sleeps()
        code, said = running.signal(sign)
        assert (code, running.sleepers()) == (130, 0)
        assert "Interrupted" in said
    finally:
        running.close()


def test_behind_a_pooler(console: Console, pooled: Target) -> None:
    name, port = pooled.params["dbname"], pooled.params["port"]
    there = f"postgresql://{pooled.params['user']}@{pooled.params['host']}:{port}/{name}"
    sql = "CREATE EXTENSION vector; CREATE TABLE t (id int PRIMARY KEY, v vector(2));"
    sql += "INSERT INTO t VALUES (1, '[1,0]'), (2, '[0,1]'); CREATE INDEX ON t USING hnsw (v vector_l2_ops)"
    assert console("query", there, sql, "--write", "--yes").code == 0
    for words in (["--like", "1", "--ef-search", "5"], ["--duplicates"], ["--fulltext", "x"]):
        done = console("search", there, "t", *words)
        assert done.code == (2 if "--fulltext" in words else 0), done.err


def test_what_asks_is_refused_before_anything_is_reached(console: Console) -> None:
    """What is wrong in the words is said without a server."""
    nowhere = "postgresql://localhost:1/x"
    assert console("search", nowhere, "t", "--like", "1", "--text", "a").code == 2
    assert console("search", nowhere, "t", "--sql").code == 2
    assert console("search", nowhere, "t", "--like", "1").code == 3
