"""`dbconsole dashboard`: which fit and why, one as text and as a document, and how it ends."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from console.dashboards.reading import rates
from console.text import width
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.test_interruptions import Running
from tests.cli.test_streams import ROOT, run
from tests.databases import Databases
from tests.pty_terminal import Terminal

GROUND = """
CREATE TABLE sales (sold_at timestamptz NOT NULL, shop text NOT NULL, amount numeric(10, 2) NOT NULL);
INSERT INTO sales SELECT now() - n * interval '6 hours', CASE n % 3 WHEN 0 THEN 'north' ELSE 'south' END, n + 0.25
FROM generate_series(0, 99) AS n;
CREATE FUNCTION careless() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM sales; RETURN 1; END';
"""
SALES = """
title = "Sales"
description = "What is sold, and where."
requires = ["table:public.sales"]
layout = ["all plan plan", "days days shops"]

[parameters.period]
default = "all"

[parameters.shop]
title = "shop"
sql = "SELECT DISTINCT shop, 'The ' || shop FROM public.sales ORDER BY 1"

[panels.all]
title = "sold in all"
kind = "number"
unit = "USD"
sql = "SELECT sum(amount) AS total FROM public.sales WHERE %(shop)s::text IS NULL OR shop = %(shop)s"

[panels.plan]
title = "against the plan"
kind = "gauge"
unit = "USD"
warn = 80
sql = "SELECT sum(amount) AS value, 10000 AS limit FROM public.sales"

[panels.days]
title = "by day"
kind = "line"
query = "sales/days"

[panels.shops]
title = "by shop"
kind = "bar"
unit = "USD"
sql = "SELECT shop, sum(amount) FROM public.sales WHERE sold_at >= %(since)s GROUP BY 1 ORDER BY 2 DESC"
"""
DAYS = (
    "-- A row is a day.\nSELECT date_trunc('day', sold_at) AS day, sum(amount) AS amount FROM public.sales GROUP BY 1"
)
TOTAL = 99 * 100 / 2 + 25
SHOPS = {"south": sum(n + 0.25 for n in range(100) if n % 3), "north": sum(n + 0.25 for n in range(0, 100, 3))}


@pytest.fixture(scope="module")
def shop(databases: Databases) -> str:
    """Return the URL of a database that has sales."""
    return url(databases.make(GROUND))


@pytest.fixture
def add(workplace: Path) -> Callable[[str, str], Path]:
    """Return a way to write a dashboard of the project's."""
    (workplace / "dbconsole.toml").touch()
    folder = workplace / "dashboards"
    folder.mkdir()

    def write(name: str, text: str) -> Path:
        path = folder / f"{name}.toml"
        path.write_text(text)
        return path

    return write


@pytest.fixture
def sales(add: Callable[[str, str], Path]) -> Path:
    path = add("sales", SALES)
    (path.parent / "sales").mkdir()
    (path.parent / "sales" / "days.sql").write_text(DAYS)
    return path


def one(sql: str, kind: str = "number", more: str = "") -> str:
    """Return a dashboard of one panel."""
    return f'title = "One"\nlayout = ["it"]\n[panels.it]\ntitle = "it"\nkind = "{kind}"\nsql = """{sql}"""\n{more}\n'


class TestList:
    def test_what_fits_and_why_others_do_not(self, console: Console, shop: str, sales: Path, add: Any) -> None:
        add("stock", one("SELECT 1").replace("layout", 'requires = ["table:public.stock", "server:99"]\nlayout', 1))
        done = console("dashboard", shop)
        assert done.code == 0
        assert "✓ sales           Sales: What is sold, and where. (project)\n" in done.out
        assert '--period "all"  --set shop=…\n' in done.out
        assert "– stock           One (project)\n" in done.out
        assert "there is no table public.stock; it needs PostgreSQL 99\n" in done.out
        assert done.out.index("✓ sales") < done.out.index("– stock"), "those that fit stand first"
        assert "shows it" in done.err

    def test_a_file_with_a_mistake(self, console: Console, shop: str, sales: Path, add: Any) -> None:
        broken = add(
            "broken", 'title = "Broken"\nlayout = ["nothing"]\n[panels.it]\nkind = "number"\nsql = "SELECT 1"\n'
        )
        done = console("dashboard", shop, "--json")
        shapes.check("dashboard without a name", done.document)
        by_id = {each["id"]: each for each in done.document["dashboards"]}
        assert (done.code, by_id["sales"]["fits"], by_id["broken"]["fits"]) == (1, True, False)
        assert f"{broken}, line 3: " in by_id["broken"]["error"]["title"]
        assert done.document["summary"].endswith("; 1 file cannot be used")

    def test_every_file_that_comes_along_can_be_used(self, console: Console, shop: str) -> None:
        done = console("dashboard", shop, "--json")
        assert done.code == 0, [each["error"] for each in done.document["dashboards"] if each["error"]]
        by_id = {each["id"]: each for each in done.document["dashboards"]}
        assert by_id["monitoring"]["fits"], by_id["monitoring"]["reason"]
        assert by_id["cost"]["missing"]

    def test_what_is_left_out_of_one_that_fits(self, console: Console, shop: str, add: Any) -> None:
        add("part", one("SELECT 1", more='requires = ["extension:postgis"]'))
        done = console("dashboard", shop)
        assert "1 of 1 panel left out: the extension postgis is not installed\n" in done.out
        assert console("dashboard", shop, "part").code == 0

    def test_a_secret_of_the_url_is_not_repeated(self, console: Console, shop: str, sales: Path) -> None:
        done = console("dashboard", shop.replace("postgres@", "postgres:hidden@"))
        assert "hidden" not in done.said


class TestText:
    def test_what_stands_there_is_what_the_database_says(self, console: Console, shop: str, sales: Path) -> None:
        done = console("dashboard", shop, "sales", "--width", 110)
        assert done.code == 0
        assert done.out.startswith("Sales · ")
        assert "period all · shop all · " in done.out
        assert all(f"$ {amount:,.2f}" in done.out for amount in SHOPS.values())
        assert f"{TOTAL / 100:.3g} %" in done.out
        assert done.out.rstrip().endswith("✓ 4 panels")

    @pytest.mark.parametrize("wide", [40, 80, 99, 100, 120, 200])
    @pytest.mark.parametrize("ascii", [[], ["--ascii"]])
    def test_the_width_is_kept(self, console: Console, shop: str, sales: Path, wide: int, ascii: list[str]) -> None:
        done = console("dashboard", shop, "sales", "--width", wide, *ascii)
        assert max(map(width, done.out.splitlines())) <= wide
        assert done.out.isascii() is bool(ascii)
        beside = any("sold in all" in line and "against the plan" in line for line in done.out.splitlines())
        days = any("by day" in line and "by shop" in line for line in done.out.splitlines())
        assert (beside, days) == (True, wide >= 100), "narrow below 100"

    def test_one_panel_is_read_alone(self, console: Console, shop: str, sales: Path) -> None:
        sales.write_text(SALES.replace("SELECT sum(amount) AS total", "SELECT 1 / 0 AS total"))
        assert console("dashboard", shop, "sales").code == 4
        done = console("dashboard", shop, "sales", "--panel", "shops", "--panel", "days")
        assert done.code == 0
        assert done.out.index("by shop") < done.out.index("by day")
        assert "sold in all" not in done.out

    def test_a_panel_that_fails_leaves_the_others_alone(self, console: Console, shop: str, sales: Path) -> None:
        sales.write_text(SALES.replace("SELECT sum(amount) AS total", "SELECT 1 / 0 AS total"))
        done = console("dashboard", shop, "sales", "--width", 100)
        assert "division by zero" in done.out
        assert "against the plan" in done.out
        assert done.out.rstrip().endswith("✗ 4 panels; failed: sold in all")

    def test_what_is_wrong_is_shown_in_the_words_of_the_file(self, console: Console, shop: str, sales: Path) -> None:
        """With the caret below it, on lines that a panel has room for."""
        wrong = "WHERE %(shop)s::text IS NULL AND shop = %(shop)s AND missing > 0"
        sales.write_text(SALES.replace("WHERE %(shop)s::text IS NULL OR shop = %(shop)s", wrong))
        lines = console("dashboard", shop, "sales", "--panel", "all", "--width", "60").out.splitlines()
        place = next(number for number, line in enumerate(lines) if line.strip() == "^")
        assert lines[place - 1][lines[place].index("^") :].startswith("missing")
        assert "%(shop)s AND" in lines[place - 1]

    def test_a_statement_may_take_longer_than_the_refresh(self, console: Console, shop: str, add: Any) -> None:
        """On the screen it would be ended, as the next reading is due."""
        add("slow", one("SELECT 7 FROM pg_catalog.pg_sleep(1.1)", more='refresh = "1s"'))
        done = console("dashboard", shop, "slow")
        assert done.code == 0, done.out

    def test_a_file_that_is_being_written(self, console: Console, shop: str, workplace: Path) -> None:
        (workplace / "new.toml").write_text(one("SELECT 42"))
        done = console("dashboard", shop, "./new.toml")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("One · ")

    def test_nothing_of_a_file_or_a_database_reaches_the_terminal_raw(
        self, console: Console, shop: str, add: Any
    ) -> None:
        text = one("SELECT E'\\\\x1b[31m\\u202e' AS label, 1 AS n", "bar")
        add("odd", text.replace('"One"', r'"\u001b[2J"').replace('title = "it"', r'title = "\u009b1m"'))
        for more in ([], ["--json"], ["--panel", "it"]):
            assert console("dashboard", shop, "odd", *more).code == 0
        assert console("dashboard", shop).code == 0

    def test_on_a_terminal_it_has_colours_and_its_width(self, shop: str, sales: Path, workplace: Path) -> None:
        argv = [sys.executable, "-m", "console", "dashboard", shop, "sales"]
        for none, coloured in (("", True), ("1", False)):
            env = {"PYTHONPATH": str(ROOT), "NO_COLOR": none}
            with Terminal(argv, rows=60, columns=104, env=env, cwd=workplace) as opened:
                assert opened.wait() == 0
                title = next(line for line in opened.lines if line.startswith("by day"))
                assert width(title) == 104
                assert (opened.received > len("\n".join(opened.lines).encode()) + 200) is coloured

    def test_a_terminal_without_such_signs_gets_ascii(self, shop: str, sales: Path, workplace: Path) -> None:
        env = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        argv = [sys.executable, "-m", "console", "dashboard", shop, "sales"]
        with Terminal(argv, rows=60, columns=104, env=env, cwd=workplace) as opened:
            assert opened.wait() == 0
            assert "\n".join(opened.lines).isascii()
            assert "\\u" not in "\n".join(opened.lines)

    def test_who_reads_may_leave_early(self, shop: str, sales: Path, workplace: Path) -> None:
        done = run("dashboard", shop, "sales", shell="| head -1", cwd=workplace)
        assert done.returncode == 0
        assert done.stdout.startswith(b"Sales")


class TestDocument:
    def test_the_samples(self, console: Console, shop: str, sales: Path) -> None:
        document = console("dashboard", shop, "sales", "--json").document
        shapes.check("dashboard", document)
        assert document["parameters"] == {"period": "all", "shop": None}
        panels = {each["id"]: each for each in document["panels"]}
        assert list(panels) == ["all", "plan", "days", "shops"]
        assert panels["all"]["rows"] == [{"total": TOTAL}]
        assert panels["all"]["columns"] == [{"name": "total", "type": "numeric", "role": "number"}]
        assert panels["shops"]["rows"] == [{"shop": name, "sum": amount} for name, amount in SHOPS.items()]
        assert sum(row["amount"] for row in panels["days"]["rows"]) == TOTAL
        assert datetime.fromisoformat(panels["days"]["rows"][0]["day"]).utcoffset() is not None
        assert [each["status"] for each in document["panels"]] == ["none", "ok", "none", "none"]

    def test_every_sort_of_value(self, console: Console, shop: str, add: Any) -> None:
        add(
            "all",
            one(
                "SELECT 1 AS a, 2.50 AS b, 'NaN'::float8 AS c, NULL::int AS d, true AS e, date '2026-03-01' AS f,"
                " interval '90 s' AS g, 'x' AS a, 1e40::numeric AS h, 12345678901234567890::numeric AS i",
                "table",
            ),
        )
        [panel] = console("dashboard", shop, "all", "--json").document["panels"]
        shown = {
            "a": 1,
            "b": 2.5,
            "c": "NaN",
            "d": None,
            "e": True,
            "f": "2026-03-01",
            "g": 90.0,
            "a_2": "x",
            "h": 10**40,
        }
        assert panel["rows"] == [{**shown, "i": 12345678901234567890}]

    def test_counters_come_as_rates(
        self, console: Console, shop: str, add: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A counter that goes up by 50 a second; a machine that stops for a moment between two clocks sees another."""
        monkeypatch.setattr(rates, "_DIFFER", 60)
        add("rate", one("SELECT extract(epoch FROM clock_timestamp()) * 50 AS n", more="rate = true"))
        [panel] = console("dashboard", shop, "rate", "--json").document["panels"]
        assert panel["rate"] is True
        assert 5 < panel["rows"][0]["n"] < 500


class TestChoices:
    @pytest.mark.parametrize("said", ["north", "The north"])
    def test_by_value_or_label(self, console: Console, shop: str, sales: Path, said: str) -> None:
        document = console("dashboard", shop, "sales", "--set", f"shop={said}", "--json").document
        assert document["parameters"]["shop"] == "north"
        assert document["panels"][0]["rows"] == [{"total": SHOPS["north"]}]
        assert "shop The north" in console("dashboard", shop, "sales", "--set", f"shop={said}").out

    def test_a_period(self, console: Console, shop: str, sales: Path) -> None:
        document = console("dashboard", shop, "sales", "--period", "24h", "--json").document
        assert sum(row["sum"] for row in document["panels"][3]["rows"]) == sum(n + 0.25 for n in range(4))

    def test_all_of_them(self, console: Console, shop: str, sales: Path) -> None:
        document = console("dashboard", shop, "sales", "--set", "shop=", "--json").document
        assert document["panels"][0]["rows"] == [{"total": TOTAL}]

    @pytest.mark.parametrize(
        ("words", "title", "hint"),
        [
            (["sale"], "There is no dashboard sale.", "Did you mean sales?"),
            (["zzz"], "There is no dashboard zzz.", "dbconsole dashboard lists them."),
            (["./zzz.toml"], "zzz.toml cannot be read.", ""),
            (["sales", "--period", "soon"], "soon is no period.", '"24h"'),
            (["sales", "--set", "shap=a"], "has no parameter shap.", "Did you mean shop?"),
            (["sales", "--set", "shop"], "shop is not NAME=VALUE.", "--set user=ada"),
            (["sales", "--set", "shop=nort"], "There is no shop nort to choose.", "Did you mean north?"),
            (["sales", "--set", "shop=zzz"], "There is no shop zzz to choose.", "There are: The north, The south"),
            (["sales", "--panel", "dais"], "has no panel dais.", "Did you mean days?"),
            (["graph"], "does not fit: there is no view public.graph_monitoring_dashboard", "lists those that do"),
            (["--period", "7d"], "are for one dashboard.", "Say its name"),
            (["sales", "--width", "9"], "", ""),
        ],
    )
    @pytest.mark.parametrize("as_json", [False, True])
    def test_what_cannot_be(
        self, console: Console, shop: str, sales: Path, words: list[str], title: str, hint: str, as_json: bool
    ) -> None:
        done = console("dashboard", shop, *words, *(["--json"] if as_json else []))
        assert done.code == 2
        assert title in done.err
        assert hint in done.err

    def test_no_period_to_choose(self, console: Console, shop: str, add: Any) -> None:
        add("one", one("SELECT 1"))
        assert "The dashboard one has no period." in console("dashboard", shop, "one", "--period", "7d").err


@pytest.mark.parametrize(
    ("panel", "code", "status"),
    [
        (one("SELECT 5", more="warn = 6"), 0, "ok"),
        (one("SELECT 5", more="warn = 5"), 1, "warn"),
        (one("SELECT 5", more="warn = 3\ncrit = 4"), 1, "crit"),
        (one("SELECT 5", more="warn = 6\nbelow = true"), 1, "warn"),
        (one("SELECT 5"), 0, "none"),
        (
            one("SELECT now() - interval '1h' * n AS at, n AS v FROM generate_series(0, 5) n", "line", "crit = 5"),
            0,
            "ok",
        ),
        (
            one("SELECT now() - interval '1h' * n AS at, -n AS v FROM generate_series(0, 5) n", "line", "crit = 0"),
            1,
            "crit",
        ),
        (one("SELECT 'a' AS label, 9 AS value, 10 AS limit, 80 AS mark", "gauge"), 1, "warn"),
        (one("SELECT 'a' AS name, 9 AS n", "table", 'crit = 9\nbars = ["n"]'), 1, "crit"),
        (one("SELECT 'a' AS name, 9 AS n", "table", "crit = 9"), 0, "none"),
        (one("SELECT 'a'", "line"), 2, "failed"),
        (one("SELECT 1 / 0"), 4, "failed"),
        (one("SELECT missing FROM public.sales"), 4, "failed"),
        (one("SELECT public.careless()"), 5, "failed"),
        (one("DELETE FROM public.sales"), 5, "failed"),
        (one("SELECT 1", more='requires = ["extension:postgis"]'), 0, "left_out"),
    ],
)
def test_how_it_ends(console: Console, shop: str, add: Any, panel: str, code: int, status: str) -> None:
    add("one", panel)
    done = console("dashboard", shop, "one", "--json")
    shapes.check("dashboard", done.document)
    assert (done.document["panels"][0]["status"], done.code) == (status, code)
    assert console("dashboard", shop, "one").code == code


def test_behind_a_pooler(console: Console, pooled: Target, sales: Path) -> None:
    name, port = pooled.params["dbname"], pooled.params["port"]
    there = f"postgresql://{pooled.params['user']}@{pooled.params['host']}:{port}/{name}"
    sales.write_text(one("SELECT count(*) FROM pg_catalog.pg_namespace"))
    assert console("dashboard", there, "sales").code == 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle(
    add: Any, here: str, scratch: Target, databases: Databases, sign: signal.Signals
) -> None:
    """Two panels sleep on the server at once; both are cancelled."""
    text = one("SELECT pg_catalog.pg_sleep(60)").replace('["it"]', '["it too"]')
    add(
        "slow",
        text + '[panels.too]\ntitle = "too"\nkind = "number"\nsql = "SELECT pg_catalog.pg_sleep(60)"\nrefresh = "10m"',
    )
    running = Running(databases, scratch, "dashboard", here, "slow", "--json")
    try:
        running.wait_until_it_sleeps()
        code, said = running.signal(sign)
        assert (code, running.sleepers()) == (130, 0)
        assert "Interrupted" in said
    finally:
        running.close()


def test_what_asks_is_refused_before_anything_is_reached(console: Console, sales: Path) -> None:
    """What is wrong in the words is said without a server."""
    nowhere = "postgresql://localhost:1/x"
    assert console("dashboard", nowhere, "sale").code == 2
    assert console("dashboard", nowhere, "sales", "--period", "soon").code == 2
    assert console("dashboard", nowhere, "sales").code == 3
    assert json.loads(console("dashboard", nowhere, "--json").out)["error"]["title"]
