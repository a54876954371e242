"""`dbconsole search` without a question: which columns of vectors and which functions there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli import shapes
from tests.cli.console import Console

pytestmark = pytest.mark.vector


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
