"""`query --chart`: what is proposed for a result, as text and as a document, and the dashboard it becomes."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli import shapes
from tests.cli.console import Console

SALES = """SELECT '2026-03-01'::date + n AS day,
  CASE n % 3 WHEN 0 THEN 'North' ELSE 'South' END AS shop, n + 0.5 AS amount
FROM generate_series(0, 29) AS n"""
TOTAL = sum(n + 0.5 for n in range(30))


def test_the_likeliest_is_drawn(console: Console, here: str) -> None:
    """With what else it could be beside it."""
    done = console("query", here, SALES, "--chart")
    assert done.code == 0
    assert "query · " in done.out
    assert "16 Mar" in done.out
    assert "--chart bar" in done.err
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("words", [("--chart", "bar", "SQL"), ("SQL", "--chart=bar"), ("SQL", "--chart", "bar")])
def test_a_kind_is_chosen(console: Console, here: str, words: tuple[str, ...]) -> None:
    """Wherever it stands; what stands behind --chart and is no kind is the next word."""
    done = console("query", here, *(SALES if word == "SQL" else word for word in words))
    assert done.code == 0
    assert "South" in done.out
    assert "█" in done.out


def test_sql_may_stand_behind_the_option(console: Console, here: str) -> None:
    assert console("query", here, "--chart", "SELECT 7 AS n", "--json").document["panels"][0]["rows"] == [{"n": 7}]


def test_a_document(console: Console, here: str) -> None:
    """The same numbers as a direct query."""
    done = console("query", here, SALES, "--chart", "bar", "--json")
    shapes.check("query --chart", done.document)
    assert done.document["chart"] == {
        "kind": "bar",
        "columns": {"label": "shop"},
        "numbers": ["amount"],
        "gather": "sum",
        "step": None,
        "unit": "",
    }
    rows = {row["shop"]: row["amount"] for row in done.document["panels"][0]["rows"]}
    assert rows == {"North": sum(n + 0.5 for n in range(0, 30, 3)), "South": TOTAL - sum(range(0, 30, 3)) - 5}
    assert done.document["saved"] is None


def test_it_is_saved_and_read_again(console: Console, here: str, home: Path) -> None:
    """Once; of the name of another nothing is done."""
    done = console("query", here, SALES, "--chart", "bar", "--save", "By shop", "--json")
    assert done.code == 0
    assert done.document["saved"] == str(home / "config" / "dashboards" / "by-shop.toml")
    again = console("dashboard", here, "by-shop", "--json").document
    assert again["panels"][0]["rows"] == done.document["panels"][0]["rows"]
    assert again["parameters"] == {"period": "all"}
    for name in ("by shop", "cost"):
        refused = console("query", here, SALES, "--save", name)
        assert refused.code == 5
        assert "already" in refused.err
    assert [path.name for path in (home / "config" / "dashboards").iterdir()] == ["by-shop.toml"]


def test_how_to_open_it_is_said_in_full(console: Console, here: str) -> None:
    """What is said can be typed as it is, and shows the same."""
    done = console("query", here, SALES, "--chart", "bar", "--save", "By shop")
    said = next(line for line in done.err.splitlines() if "dbconsole dashboard" in line)
    program, *words = shlex.split(said.removeprefix("→ ").removesuffix(" shows it."))
    assert program == "dbconsole"
    again = console(*words)
    assert again.code == 0, again.err
    assert [line for line in again.out.splitlines() if "█" in line] == [
        line for line in done.out.splitlines() if "█" in line
    ]


def test_a_period_of_its_own(console: Console, here: str) -> None:
    """Drawn of all time, and chosen of what was saved."""
    sql = """SELECT count(*) AS n FROM generate_series(now() - '9 days'::interval, now(), '1 day') AS at
        WHERE at >= %(since)s"""
    done = console("query", here, sql, "--save", "Mine", "--json")
    assert done.code == 0, done.err
    assert done.document["panels"][0]["rows"] == [{"n": 10}]
    chosen = console("dashboard", here, "mine", "--period", "7d", "--json").document
    assert chosen["panels"][0]["rows"][0]["n"] in (7, 8)


WRONG = [
    (("SELECT 'a' AS a", "--chart", "scatter"), 2, "cannot be drawn as scatter"),
    (("SELECT 1; SELECT 2", "--chart"), 2, "There are 2 statements"),
    (("SELEC 1", "--chart"), 2, "Line 1, column 1"),
    (("SELECT\n nope", "--chart"), 4, "Line 2, column 2"),
    (("SHOW ALL", "--chart"), 2, "No chart can be made of this"),
    (("DELETE FROM t", "--chart"), 2, "No chart can be made of this"),
    (("SELECT pg_reload_conf()", "--chart"), 5, "may do more than read"),
    (("SELECT 1", "--chart", "--write"), 2, "do not go with it"),
    (("SELECT 1", "--chart", "--format", "csv"), 2, "does not go with it"),
    (("SELECT 1", "--chart=pie"), 2, "pie"),
    (("SELECT pg_sleep(60)::text", "--chart", "--timeout", "1"), 4, "timeout"),
]


@pytest.mark.parametrize(("words", "code", "said"), WRONG)
def test_what_cannot_be_drawn(console: Console, here: str, words: tuple[str, ...], code: int, said: str) -> None:
    done = console("query", here, *words)
    assert done.code == code
    assert said in done.err
    assert not done.out


def test_what_is_left_out_is_said(console: Console, here: str) -> None:
    done = console(
        "query",
        here,
        "SELECT n AS id, 'name ' || n AS name, n * 2 AS m FROM generate_series(1, 3000) n",
        "--chart=table",
    )
    assert "the first 1,000" in done.err
