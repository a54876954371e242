"""`dbconsole search --index` and `--build`: what is wrong with an index, and the building of one with consent."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.test_streams import ROOT
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.vector


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
