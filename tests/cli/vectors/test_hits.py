"""`dbconsole search`: what lies near what, by a row, a vector, words, a sum; as text and as a document."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from console.text import width
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.test_streams import ROOT
from tests.cli.vectors.circle import distance, ids, matches, nearest, point
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.vector


class TestHits:
    @pytest.mark.parametrize("k", [1, 5, 37, 60])
    @pytest.mark.parametrize("exact", [[], ["--exact"]])
    def test_like_a_row(self, found: Callable[..., Any], k: int, exact: list[str]) -> None:
        document = found("docs", "--like", 7, "-k", k, *exact)
        hits = document["hits"]
        assert matches(ids(document)[:37], nearest(point(7), min(k, 37), without=(7,)))
        assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
        for hit in hits[:37]:
            assert hit["distance"] == pytest.approx(distance(point(7), point(int(hit["id"]))), abs=1e-6)
            assert hit["similarity"] == pytest.approx(1 - hit["distance"], abs=1e-6)
        assert set(hits[0]["row"]) == {"id", "title", "body", "lang"}

    def test_near_a_vector(self, found: Callable[..., Any], console: Console, library: str) -> None:
        text = json.dumps(point(3.3))
        document = found("docs.embedding", "--vector", text, "-k", 4)
        assert matches(ids(document), nearest(point(3.3), 4))
        done = console("search", library, "docs", "--vector", "-", "-k", "4", "--json", stdin=text)
        assert ids(done.document) == ids(document)

    @pytest.mark.parametrize(
        ("words", "question", "without"),
        [
            (("--average", "0,10"), tuple((a + b) / 2 for a, b in zip(point(0), point(10), strict=True)), (0, 10)),
            (
                ("--expr", "0 - 20 + 5"),
                tuple(a - b + c for a, b, c in zip(point(0), point(20), point(5), strict=True)),
                (0, 20, 5),
            ),
        ],
    )
    def test_near_a_sum_of_rows(
        self, found: Callable[..., Any], words: tuple[str, ...], question: tuple[float, ...], without: tuple[int, ...]
    ) -> None:
        assert matches(ids(found("docs", *words, "-k", 6)), nearest(question, 6, without=without))

    def test_with_a_condition(self, found: Callable[..., Any]) -> None:
        document = found("docs", "--like", 7, "-k", 5, "--where", "lang = 'en' AND title LIKE '%'")
        assert len(ids(document)) == 5
        assert {hit["row"]["lang"] for hit in document["hits"]} == {"en"}

    def test_no_farther_than(self, found: Callable[..., Any]) -> None:
        limit = distance(point(0), point(2)) + 1e-6
        assert set(ids(found("docs", "--like", 0, "--max-distance", limit))) == {"1", "2"}

    @pytest.mark.parametrize("metric", ["l2", "ip", "l1"])
    def test_by_another_metric(self, found: Callable[..., Any], metric: str) -> None:
        document = found("docs", "--like", 7, "-k", 2, "--metric", metric)
        assert document["metric"] == metric
        assert set(ids(document)) == {"6", "8"}
        assert document["plan"]["index"] is None
        assert document["plan"]["because"]

    def test_by_words_in_the_text(self, found: Callable[..., Any], console: Console, library: str) -> None:
        document = found("docs", "--fulltext", "red apple", "-k", 40)
        assert sorted(map(int, ids(document))) == [n for n in range(40) if n % 4 == 0]
        assert document["text_column"] == "body"
        assert "apple" in document["words"]
        assert document["hits"][0]["score"] is not None
        assert "red apple" in console("search", library, "docs", "--fulltext", "red apple").out

    @pytest.mark.parametrize("way", ["--text", "--words", "--hybrid"])
    def test_by_words_through_an_embedder(self, console: Console, library: str, way: str) -> None:
        done = console("search", library, "docs", way, "green pear", "--embedder", "hashing", "-k", 4, "--json")
        assert (done.code, len(done.document["hits"])) == (0, 4)
        shapes.check("search", done.document)
        assert "hashing" in done.err

    def test_an_embedder_that_has_not_made_the_vectors(self, found: Callable[..., Any]) -> None:
        remarks = found("docs", "--text", "pear", "--embedder", "hashing")["remarks"]
        assert any("was not made by hashing" in each for each in remarks)
        assert not any("was not made by" in each for each in found("docs", "--fulltext", "pear")["remarks"])

    def test_keys_of_two_columns(self, found: Callable[..., Any]) -> None:
        document = found("pairs", "--like", '1,"b,1"', "-k", 2)
        assert ids(document) == [["2", "b,2"], ["3", "b,3"]]

    def test_without_a_key(self, found: Callable[..., Any], console: Console, library: str) -> None:
        """Rows of a table are named by where they lie."""
        assert ids(found("keyless", "--vector", "1 0.1")) == ["(0,1)", "(0,2)"]
        assert ids(found("keyless", "--like", "(0,1)")) == ["(0,2)"]
        assert console("search", library, "keyless", "--like", "x").code == 2
        assert "  key     none but ctid: where a row lies" in console("search", library, "keyless").out

    def test_of_a_view_that_has_none(self, console: Console, make_database: Callable[..., Target]) -> None:
        made = """CREATE EXTENSION vector; CREATE TABLE t (name text PRIMARY KEY, v vector(2));
            INSERT INTO t VALUES ('x', '[1,0]'), ('y', '[0,1]'); CREATE VIEW twice AS TABLE t UNION TABLE t;"""
        here = url(make_database(made))
        assert ids(console("search", here, "twice", "--vector", "1 0.1", "--json").document) == [None, None]
        assert "█  x\n" in console("search", here, "twice", "--vector", "1 0.1").out
        assert console("search", here, "twice", "--like", "x").code == 2

    def test_what_was_run(self, console: Console, library: str, found: Callable[..., Any], here: str) -> None:
        document = found("docs", "--like", 7)
        assert document["sql"]
        assert document["plan"]["text"]
        done = console("search", library, "docs", "--like", 7, "--sql")
        assert (done.code, done.out.strip()) == (0, document["sql"].strip())
        done = console("search", library, "docs", "--like", 7, "--plan")
        assert "SQL:\n" in done.out
        assert "Plan:\n" in done.out

    def test_with_nothing_near_enough(self, console: Console, library: str) -> None:
        done = console("search", library, "docs", "--like", 7, "--max-distance", 0)
        assert done.code == 0
        assert "– 0 rows by cosine in " in done.out

    def test_the_only_column_needs_no_name(self, console: Console, here: str) -> None:
        sql = "CREATE EXTENSION vector SCHEMA public; CREATE TABLE t (id int PRIMARY KEY, v public.vector(2));"
        sql += "INSERT INTO t VALUES (1, '[1,0]'), (2, '[0,1]')"
        assert console("query", here, sql, "--write", "--yes").code == 0
        assert ids(console("search", here, "--vector", "[1,0]", "--json").document) == ["1", "2"]


class TestText:
    def test_a_line_for_each_hit(self, console: Console, library: str) -> None:
        done = console("search", library, "docs", "--like", 7, "-k", 3)
        lines = done.out.splitlines()
        assert [line.split()[0] for line in lines[:3]] == ["1", "2", "3"]
        assert f"{distance(point(7), point(8)):.3f}" in lines[0]
        assert "█" in lines[0]
        assert "degrees of a circle" in lines[0]
        assert "3 rows by cosine in " in done.out

    @pytest.mark.parametrize("columns", [40, 80, 120])
    def test_the_width_is_kept(
        self, console: Console, library: str, monkeypatch: pytest.MonkeyPatch, columns: int
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        for words in (["docs", "--like", "7"], ["docs", "--fulltext", "apple"], ["pairs", "--vector", "1,1"]):
            out = console("search", library, *words).out
            assert max(width(line) for line in out.splitlines() if "(" not in line) <= columns

    def test_nothing_of_a_database_reaches_the_terminal_raw(self, console: Console, make_database: Any) -> None:
        """A table, a column, an index, a text, all of them hostile."""
        target = make_database(
            """
            CREATE EXTENSION vector;
            CREATE TABLE "\x1b[31mt\u202e" ("\x1b[2Jk" text PRIMARY KEY, "\x9bbody" text, "\x1bv" vector(2));
            INSERT INTO "\x1b[31mt\u202e" SELECT E'\\x1b]0;' || n, E'\\u202e words \\x1b[2J and words', '[1,2]'
            FROM generate_series(1, 30) AS n;
            CREATE INDEX "\x1b[5mi" ON "\x1b[31mt\u202e" USING hnsw ("\x1bv" vector_l2_ops);
            """
        )
        looks = ["--histogram", "--duplicates", "--outliers", "--recall"]
        for words in (
            [],
            ["--vector", "[1,1]"],
            ["--fulltext", "words", "--plan"],
            ["--index"],
            *([each] for each in looks),
        ):
            for form in ([], ["--json"]):
                assert console("search", url(target), *words, *form).code in (0, 1, 2)

    def test_on_a_terminal_words_are_marked(self, library: str, workplace: Path) -> None:
        argv = [sys.executable, "-m", "console", "search", library, "docs", "--fulltext", "apple", "-k", "3"]
        for none, marked in (("", True), ("1", False)):
            env = {"PYTHONPATH": str(ROOT), "NO_COLOR": none}
            with Terminal(argv, rows=24, columns=80, env=env, cwd=workplace) as opened:
                assert opened.wait() == 0
                assert all("apple" in line for line in opened.lines[:3])
                assert (opened.received > len("\n".join(opened.lines).encode()) + 60) is marked
