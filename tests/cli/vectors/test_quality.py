"""`dbconsole search`: how well an index finds, how far rows are apart, and rows as points of a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases

pytestmark = pytest.mark.vector


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
