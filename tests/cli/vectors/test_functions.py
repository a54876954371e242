"""`dbconsole search --function`: through a function of the database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console
from tests.cli.test_streams import ROOT
from tests.cli.vectors.circle import point
from tests.databases import Databases
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.vector


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
