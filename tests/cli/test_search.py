"""`dbconsole search`: what there is, what lies near what, how well it is found, and how it ends."""

from __future__ import annotations

import json
import math
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from console.text import width
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.test_interruptions import Running
from tests.cli.test_streams import ROOT
from tests.databases import Databases
from tests.pty_terminal import Terminal
from tests.vectors.endpoint import Endpoint, Reply, running

pytestmark = pytest.mark.vector

# Forty points of a circle, nine degrees apart; the last two have no vector, and one of zeros.
GROUND = """
CREATE SCHEMA "the ext"; CREATE EXTENSION vector SCHEMA "the ext";
CREATE TABLE docs (id int PRIMARY KEY, title text NOT NULL, body text NOT NULL, lang text NOT NULL,
    embedding "the ext".vector(3));
INSERT INTO docs SELECT n, 'Document ' || n,
    'The ' || n || ' degrees of a circle: ' || CASE n % 4 WHEN 0 THEN 'a red apple' WHEN 1 THEN 'a green pear'
        ELSE 'something blue' END || ' and many other words that make the text long enough to be read as one.',
    CASE n % 2 WHEN 0 THEN 'en' ELSE 'de' END,
    format('[%s,%s,0.25]', cos(radians(n * 9)), sin(radians(n * 9)))::"the ext".vector
FROM generate_series(0, 39) AS n;
UPDATE docs SET embedding = NULL WHERE id = 38;
UPDATE docs SET embedding = '[0,0,0]' WHERE id = 39;
CREATE INDEX docs_embedding ON docs USING hnsw (embedding "the ext".vector_cosine_ops);
CREATE TABLE pairs (a int, b text, v "the ext".halfvec(2), PRIMARY KEY (a, b));
INSERT INTO pairs SELECT n, 'b,' || n, format('[%s,1]', n)::"the ext".halfvec FROM generate_series(1, 5) AS n;
CREATE TABLE keyless (name text, v "the ext".vector(2));
INSERT INTO keyless VALUES ('x', '[1,0]'), ('y', '[0,1]');
CREATE FUNCTION match_docs(query "the ext".vector, wanted text, match_count int DEFAULT 2)
RETURNS TABLE (id int, title text, similarity float8) LANGUAGE sql STABLE AS $$
    SELECT d.id, d.title, 1 - (d.embedding OPERATOR("the ext".<=>) query) FROM public.docs AS d
    WHERE d.lang = wanted ORDER BY d.embedding OPERATOR("the ext".<=>) query LIMIT match_count
$$;
CREATE FUNCTION careless(query "the ext".vector) RETURNS SETOF docs LANGUAGE plpgsql
AS 'BEGIN DELETE FROM public.pairs; RETURN QUERY SELECT * FROM public.docs LIMIT 1; END';
ANALYZE;
"""
ALIVE = range(38)


def point(number: float) -> tuple[float, float, float]:
    """Return the vector of a document."""
    return math.cos(math.radians(number * 9)), math.sin(math.radians(number * 9)), 0.25


def distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the cosine distance, in the arithmetic of paper."""
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return 1 - product / math.hypot(*one) / math.hypot(*other)


def nearest(question: tuple[float, ...], k: int, *, without: tuple[int, ...] = ()) -> list[set[str]]:
    """Return sets of ids that are equally far, the nearest first, until there are k."""
    rows = sorted((round(distance(question, point(n)), 9), n) for n in ALIVE if n not in without)
    return [{str(n) for far, n in rows if abs(far - rows[place][0]) < 1e-6} for place in range(k)]


@pytest.fixture(scope="module")
def library(databases: Databases) -> str:
    """Return the URL of a database with vectors."""
    return url(databases.make(GROUND))


@pytest.fixture
def found(console: Console, library: str) -> Callable[..., Any]:
    """Return a search that succeeds, as its document."""

    def search(*words: object) -> Any:
        done = console("search", library, *words, "--json")
        assert done.code == 0, done.err
        shapes.check("search", done.document)
        return done.document

    return search


def ids(document: Any) -> list[Any]:
    return [hit["id"] for hit in document["hits"]]


def matches(seen: list[Any], wanted: list[set[str]]) -> bool:
    return len(seen) == len(set(seen)) == len(wanted) and all(
        each in ties for each, ties in zip(seen, wanted, strict=True)
    )


class TestList:
    def test_what_there_is(self, console: Console, library: str) -> None:
        done = console("search", library)
        assert done.code == 0
        assert "✓ public.docs.embedding  vector(3)" in done.out
        assert "40 rows  hnsw cosine, m 16, ef_construction 64" in done.out
        assert "– public.pairs.v         halfvec(2)" in done.out
        assert "no index\n" in done.out
        assert "public.match_docs(query, wanted, match_count = 2)\n" in done.out
        assert "3 columns of vectors; 2 functions search\n" in done.out

    def test_as_a_document(self, console: Console, library: str) -> None:
        document = console("search", library, "--list", "--json").document
        shapes.check("search without a table", document)
        docs = next(each for each in document["columns"] if each["table"] == "docs")
        assert (docs["column"], docs["dimensions"], docs["rows"], docs["key"]) == (
            *("public.docs.embedding", 3, 40),
            ["id"],
        )
        [index] = docs["indexes"]
        assert (index["name"], index["method"], index["valid"]) == ("public.docs_embedding", "hnsw", True)
        assert document["extension"]["schema"] == "the ext"
        assert [each["default"] for each in document["functions"][1]["arguments"]] == [None, None, "2"]

    def test_no_extension(self, console: Console, here: str) -> None:
        done = console("search", here)
        assert done.code == 0
        assert "The extension vector is not created in this database: CREATE EXTENSION vector" in done.out
        assert console("search", here, "--json").document["columns"] == []

    def test_no_columns(self, console: Console, here: str) -> None:
        assert console("query", here, "CREATE EXTENSION vector SCHEMA public", "--write", "--yes").code == 0
        assert "– No table here has a column of vectors" in console("search", here).out

    def test_one_column_in_full(self, console: Console, library: str, found: Callable[..., Any]) -> None:
        about = found("docs")["about"]
        assert about["filled"] == {"rows": 40, "nulls": 1, "zeros": 1, "sampled": 0}
        assert about["texts"][0] == "body"
        done = console("search", library, "docs")
        assert done.code == 0
        assert "40 rows: 1 without a vector, 1 of nothing but zeros\n" in done.out
        assert "docs_embedding: hnsw cosine" in done.out


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
        assert ids(found("keyless", "--vector", "1 0.1")) == [None, None]
        assert "█  x\n" in console("search", library, "keyless", "--vector", "1 0.1").out

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


class TestEndpoint:
    @pytest.fixture
    def endpoint(self) -> Iterator[Endpoint]:
        with running(3) as started:
            yield started

    @pytest.fixture
    def named(self, library: str, home: Path, endpoint: Endpoint) -> Callable[..., str]:
        """Return a maker of a profile that names the endpoint for all columns."""

        def make(**more: object) -> str:
            entry = {"provider": "openai", "url": endpoint.url, "model": "tiny", **more}
            lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in entry.items())
            file = home / "config" / "config.toml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f'[profiles.dev]\nurl = "{library}"\n[profiles.dev.embedders."*"]\n{lines}\n')
            return "dev"

        return make

    def test_words_are_sent_once_and_nothing_else(
        self, console: Console, endpoint: Endpoint, named: Callable[..., str]
    ) -> None:
        done = console("search", named(), "docs", "--text", "green pear", "-k", 3, "--json")
        assert (done.code, len(done.document["hits"])) == (0, 3)
        assert endpoint.texts == ["green pear"]
        assert "tiny at 127.0.0.1" in done.err

    def test_a_vector_of_another_length(self, console: Console, endpoint: Endpoint, named: Callable[..., str]) -> None:
        endpoint.dimensions = 4
        done = console("search", named(), "docs", "--text", "pear")
        assert done.code == 2
        assert "4" in done.err
        assert done.err.count("✗") == 1

    @pytest.mark.parametrize(
        ("reply", "more"),
        [
            (Reply.of({"error": {"message": "Incorrect API key provided: sk-hidden"}}, 401), {"key_env": "A_KEY"}),
            (Reply(hangs=True), {"timeout": "300ms"}),
            (Reply(body=b"<html>"), {}),
            (Reply(breaks=True), {}),
        ],
    )
    def test_one_that_fails(
        self,
        console: Console,
        endpoint: Endpoint,
        named: Callable[..., str],
        monkeypatch: pytest.MonkeyPatch,
        reply: Reply,
        more: dict[str, object],
    ) -> None:
        monkeypatch.setenv("A_KEY", "sk-hidden")
        endpoint.always = lambda request: reply
        done = console("search", named(**more), "docs", "--hybrid", "pear", "--json")
        assert done.code == 3
        assert "sk-hidden" not in done.said
        assert done.err.count("✗") == 1
        assert console("search", "dev", "docs", "--fulltext", "pear").code == 0, "what needs no embedder goes on"


class TestFunctions:
    def test_by_a_vector_and_arguments(self, found: Callable[..., Any]) -> None:
        question = json.dumps(point(7))
        document = found("--function", "match_docs", "--vector", question, "--arg", "wanted=de")
        assert (document["function"], document["column"]) == ("public.match_docs", None)
        assert document["hits"][0]["row"]["id"] == "7"
        assert len(document["hits"]) == 2
        assert document["hits"][0]["similarity"] == pytest.approx(1, abs=1e-6)
        words = (
            "--function",
            "public.match_docs",
            "--vector",
            question,
            "--arg",
            "wanted=de",
            "--arg",
            "match_count=5",
        )
        assert len(found(*words)["hits"]) == 5

    def test_by_the_vector_of_a_row(self, console: Console, library: str, found: Callable[..., Any]) -> None:
        document = found("--function", "match_docs", "--like", 7, "--arg", "wanted=de")
        assert document["hits"][0]["row"]["id"] == "7"
        for key, said in (("x", "x is no integer"), ("777", "docs has no row 777"), ("38", "it is null")):
            done = console("search", library, "--function", "match_docs", "--like", key, "--arg", "wanted=de")
            assert done.code == 2
            assert said in done.err

    def test_by_words(self, console: Console, library: str) -> None:
        words = ["--function", "match_docs", "--text", "pear", "--arg", "wanted=en", "--embedder", "hashing"]
        done = console("search", library, *words)
        assert done.code == 0, done.err
        assert "2 rows by similarity in " in done.out

    def test_what_has_no_default_is_asked_for(self, library: str, workplace: Path) -> None:
        words = ["search", library, "--function", "match_docs", "--vector", json.dumps(point(7)), "-k", "1"]
        argv = [sys.executable, "-m", "console", *words]
        with Terminal(argv, rows=24, columns=80, env={"PYTHONPATH": str(ROOT)}, cwd=workplace) as opened:
            opened.wait_for("wanted (text):")
            opened.type("de\r")
            assert opened.wait() == 0
            assert any("Document 7" in line for line in opened.lines)

    def test_one_that_may_write_is_called_only_when_allowed(
        self, console: Console, library: str, databases: Databases
    ) -> None:
        words = ["search", library, "--function", "careless", "--vector", "[1,0,0]"]
        done = console(*words)
        assert done.code == 5
        done = console(*words, "--allow-functions")
        assert done.code in (4, 5), "it runs in a read-only transaction all the same"
        assert len(console("search", library, "pairs", "--vector", "1,1", "--json").document["hits"]) == 5

    @pytest.mark.parametrize(
        ("words", "title", "hint"),
        [
            (["--function", "match_doc"], "There is no function called match_doc", "Did you mean match_docs?"),
            (["--function", "match_docs"], "match_docs wants --arg wanted=…", ""),
            (["--function", "match_docs", "--arg", "wnted=en"], "has no argument wnted", "Did you mean wanted?"),
            (["--function", "match_docs", "--arg", "wanted"], "wanted is not NAME=VALUE.", "--arg"),
        ],
    )
    def test_what_cannot_be(self, console: Console, library: str, words: list[str], title: str, hint: str) -> None:
        done = console("search", library, *words, "--vector", "[1,0,0]")
        assert done.code == 2
        assert title in done.err
        assert hint in done.err


class TestQuality:
    def test_recall(self, console: Console, many: str) -> None:
        done = console("search", many, "--recall", "--json")
        shapes.check("search", done.document)
        recall = done.document["recall"]
        assert done.code == int(recall["recall"] is not None and recall["recall"] < 0.95)
        assert recall["knob"] == "probes"
        settings = [each["setting"] for each in recall["points"]]
        assert settings == sorted(settings)
        assert recall["points"][-1]["recall"] == 1
        done = console("search", many, "--recall")
        assert "recall@10 over probes" in done.out
        assert "→  " in done.out

    def test_an_index_that_misses_is_a_finding(self, console: Console, many: str) -> None:
        assert console("search", many, "--recall").code == 1

    def test_recall_and_hits_in_one_document(self, console: Console, many: str) -> None:
        document = console("search", many, "--like", 1, "--recall", "--json").document
        assert len(document["hits"]) == 10
        assert document["recall"]["points"]

    def test_distances_duplicates_outliers(self, console: Console, many: str) -> None:
        done = console("search", many, "--histogram", "--duplicates", "--outliers", "--json")
        assert done.code == 1, "there are equal ones"
        shapes.check("search", done.document)
        assert done.document["duplicates"]["groups"] == [{"count": 3, "ids": ["2998", "2999", "3000"]}]
        assert done.document["outliers"][0]["id"] == "1"
        assert sum(done.document["distances"]["pairs"]["counts"]) == done.document["distances"]["pairs"]["count"]
        done = console("search", many, "--histogram", "--duplicates", "--outliers")
        assert "3 equal: " in done.out
        assert "3 rows with equal vectors" in done.out
        assert console("search", many, "--histogram").code == 0


class TestPicture:
    def test_points_and_hits_among_them(self, console: Console, library: str, found: Callable[..., Any]) -> None:
        document = found("docs", "--like", 7, "-k", 3, "--picture", "--colour", "lang")
        picture = document["picture"]
        assert picture["categories"] == {"de": 20, "en": 19}
        assert {point["id"]: point["rank"] for point in picture["points"] if point["rank"]} == {
            hit["id"]: hit["rank"] for hit in document["hits"]
        }
        assert sum(picture["explained"]) == pytest.approx(1, abs=0.05), "points of a circle lie in a plane"
        done = console("search", library, "docs", "--picture", "--colour", "lang")
        assert "• de 20" in done.out
        assert "39 points of all 39 rows" in done.out

    def test_without_a_colour(self, console: Console, library: str, found: Callable[..., Any]) -> None:
        picture = found("docs", "--picture")["picture"]
        assert (picture["colour"], picture["categories"]) == (None, {})
        assert {point["category"] for point in picture["points"]} == {None}

    def test_a_time_of_its_own(self, console: Console, library: str) -> None:
        assert console("search", library, "docs", "--picture", "--timeout", "20").code == 0

    def test_a_colour_that_is_not_there(self, console: Console, library: str) -> None:
        done = console("search", library, "docs", "--picture", "--colour", "long")
        assert done.code == 2
        assert "has no column long." in done.err
        assert "Did you mean lang?" in done.err


class TestIndex:
    def test_a_person_is_asked_before_it_is_built(
        self, console: Console, here: str, profile: Callable[..., str], workplace: Path
    ) -> None:
        sql = "CREATE EXTENSION vector SCHEMA public; CREATE TABLE t (id int PRIMARY KEY, v public.vector(3))"
        assert console("query", here, sql, "--write", "--yes").code == 0
        argv = [sys.executable, "-m", "console", "search", profile("careful", guard="confirm"), "--build"]
        for answer, code, built in (("n", 5, 0), ("y", 0, 1)):
            with Terminal(argv, rows=24, columns=100, env={"PYTHONPATH": str(ROOT)}, cwd=workplace) as opened:
                opened.wait_for("Build an index of public.t.v on careful?")
                assert any("CREATE INDEX CONCURRENTLY" in line for line in opened.lines)
                opened.type(f"{answer}\r")
                assert opened.wait() == code
            columns = console("search", here, "--json").document["columns"]
            assert len(columns[0]["indexes"]) == built

    def test_what_is_missing_is_proposed(self, console: Console, library: str) -> None:
        done = console("search", library, "pairs", "--index", "--json")
        shapes.check("search", done.document)
        assert "CREATE INDEX" in done.document["proposals"][0]["sql"]
        assert "USING hnsw" in console("search", library, "pairs", "--index").out
        assert "USING ivfflat" in console("search", library, "pairs", "--index", "--method", "ivfflat").out

    def test_what_is_there_is_not_built_twice(self, console: Console, library: str) -> None:
        document = console("search", library, "docs", "--index", "--json").document
        assert document["proposals"] == []
        assert {"nulls", "zeros"} <= {each["id"] for each in document["lints"]}
        done = console("search", library, "docs", "--build", "--yes")
        assert done.code == 2
        assert "public.docs.embedding has the index that would be built." in done.err
        assert console("search", library, "docs", "--build", "--method", "hnsw", "--yes").code == 2

    def test_it_is_built_with_consent(self, console: Console, here: str, profile: Callable[..., str]) -> None:
        sql = (
            "CREATE EXTENSION vector SCHEMA public; CREATE TABLE t (id int PRIMARY KEY, v public.vector(3));"
            "INSERT INTO t SELECT n, format('[%s,%s,1]', n, n % 7)::public.vector FROM generate_series(1, 500) n"
        )
        assert console("query", here, sql, "--write", "--yes").code == 0
        name = profile("careful", guard="confirm")
        done = console("search", name, "--build")
        assert done.code == 5
        assert console("search", name, "--list", "--json").document["columns"][0]["indexes"] == []
        done = console("search", name, "--build", "--yes", "--json")
        assert done.code == 0, done.err
        shapes.check("search", done.document)
        assert done.document["built"]["bytes"] > 0
        [index] = console("search", name, "--list", "--json").document["columns"][0]["indexes"]
        assert (index["method"], index["valid"]) == ("hnsw", True)

    def test_an_ivfflat_of_few_rows_is_built_again(self, console: Console, here: str) -> None:
        """Noticed, said, and mended: its lists were made when the table was empty."""
        sql = (
            "CREATE EXTENSION vector SCHEMA public; CREATE TABLE t (id int PRIMARY KEY, v public.vector(3));"
            "CREATE INDEX t_v ON t USING ivfflat (v public.vector_l2_ops) WITH (lists = 20)"
        )
        fill = (
            "INSERT INTO t SELECT n, format('[%s,%s,%s]', random(), random(), random())::public.vector"
            " FROM generate_series(1, 2000) n"
        )
        for one in (sql, fill):
            assert console("query", here, one, "--write", "--yes").code == 0
        done = console("search", here, "--index")
        assert done.code == 1
        assert "its lists do not fit them" in " ".join(done.out.split())
        assert "REINDEX INDEX CONCURRENTLY" in done.out
        assert console("search", here, "--build", "--yes").code == 0
        assert "its lists do not fit them" not in " ".join(console("search", here, "--index").out.split())

    def test_production_wants_its_name(self, console: Console, here: str, profile: Callable[..., str]) -> None:
        sql = "CREATE EXTENSION vector SCHEMA public; CREATE TABLE t (id int PRIMARY KEY, v public.vector(3))"
        assert console("query", here, sql, "--write", "--yes").code == 0
        name = profile("prod", guard="production")
        assert console("search", name, "--build", "--yes").code == 5
        assert console("search", name, "--build", "--confirm", "prod", "--method", "hnsw").code == 0


@pytest.fixture(scope="module")
def many(databases: Databases) -> str:
    """Return the URL of 3,000 vectors by an ivfflat of many lists; one lies far away, three are equal."""
    target = databases.make(
        """
        CREATE EXTENSION vector SCHEMA public;
        CREATE TABLE items (id int PRIMARY KEY, v public.vector(4) NOT NULL);
        SELECT setseed(0.5);
        INSERT INTO items SELECT n, format('[%s,%s,%s,1]', random(), random(), random())::public.vector
        FROM generate_series(1, 3000) AS n;
        UPDATE items SET v = '[-50,40,9,-3]' WHERE id = 1;
        UPDATE items SET v = '[0.1,0.2,0.3,1]' WHERE id > 2997;
        CREATE INDEX items_v ON items USING ivfflat (v public.vector_l2_ops) WITH (lists = 100);
        ANALYZE;
        """
    )
    return url(target)


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
        "search", library, "docs", "--like", "1", "--where", "pg_sleep(0.2) IS NOT NULL", "--timeout", "0.3", "--exact"
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
