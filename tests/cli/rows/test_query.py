"""`query` prints rows as they come, in every form; it only reads, unless writing is said and agreed to."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from console.cli.rows.aligned import Aligned
from console.db.query import Row
from console.rows.source import Column
from tests.cli.console import Console

MIXED = "SELECT 1 AS id, 'a|b' AS name, NULL AS nothing, '' AS empty, 12345678901234567890.10 AS exact, true AS yes"


class TestReading:
    def test_a_table_is_aligned(self, console: Console, here: str) -> None:
        done = console(
            "query", here, "SELECT i AS n, repeat('漢', i) AS wide, nullif(i, 2) AS x FROM generate_series(1, 3) i"
        )
        assert done.out.splitlines() == [
            "n │ wide   │    x",
            "──┼────────┼─────",
            "1 │ 漢     │    1",
            "2 │ 漢漢   │ NULL",
            "3 │ 漢漢漢 │    3",
        ]
        assert done.err == "3 rows\n"

    def test_json_keeps_every_digit(self, console: Console, here: str) -> None:
        done = console("query", here, MIXED, "--format", "json")
        assert json.loads(done.out, parse_float=str) == [
            {"id": 1, "name": "a|b", "nothing": None, "empty": "", "exact": "12345678901234567890.10", "yes": True}
        ]

    def test_ndjson_and_markdown(self, console: Console, here: str) -> None:
        two = "SELECT i FROM generate_series(1, 2) i"
        assert console("query", here, two, "--format", "ndjson").out == '{"i": 1}\n{"i": 2}\n'
        assert console("query", here, two, "--format=markdown").out == "| i |\n| ---: |\n| 1 |\n| 2 |\n"

    def test_a_document(self, console: Console, here: str) -> None:
        found = console("query", here, "SELECT 1 AS a, '{\"b\": 2}'::jsonb AS j", "--json").document
        assert found["columns"] == [{"name": "a", "type": "integer"}, {"name": "j", "type": "jsonb"}]
        assert (found["rows"], found["summary"]) == ([{"a": 1, "j": {"b": 2}}], "1 row")

    def test_a_document_ends_well_when_the_query_does_not(self, console: Console, here: str) -> None:
        done = console("query", here, "SELECT 1 / (i - 2000) AS x FROM generate_series(1, 3000) i", "--json")
        assert done.code == 4
        assert done.document["error"]["sqlstate"] == "22012"
        assert len(done.document["rows"]) > 500

    def test_a_result_without_rows_has_its_head(self, console: Console, here: str) -> None:
        done = console("query", here, "SELECT 1 AS one WHERE false")
        assert (done.code, done.out, done.err) == (0, "one\n───\n", "0 rows\n")

    def test_sql_comes_from_a_file_or_standard_input(self, console: Console, here: str, workplace: Path) -> None:
        (workplace / "q.sql").write_text("-- which\nSELECT 7 AS seven;\n")
        assert console("query", here, "-f", "q.sql", "--format", "ndjson").out == '{"seven": 7}\n'
        assert console("query", here, "-", "--format", "ndjson", stdin="SELECT 8 AS eight").out == '{"eight": 8}\n'

    def test_hostile_values_stay_values(self, console: Console, here: str) -> None:
        done = console("query", here, "SELECT E'\\x1b]52;c;eA==\\x07\\u202e[bold]' AS \"\x1b[31m\"")
        assert done.out.splitlines()[2] == "␛]52;c;eA==␇⟨202E⟩[bold]"

    @pytest.mark.parametrize(
        ("words", "code", "says"),
        [
            (["SELECT 1; SELECT 2"], 2, "2 statements"),
            (["SELEC 1"], 2, "column 1"),
            ([""], 2, "no statement"),
            ([], 2, "no SQL"),
            (["-f", "missing.sql"], 2, "missing.sql"),
            (["SELECT nonsense"], 4, "nonsense"),
            (["COPY (SELECT 1) TO STDOUT"], 2, "--format csv"),
            (["DELETE FROM pg_class"], 5, "--write"),
            (["SELECT pg_terminate_backend(1)"], 5, "pg_terminate_backend"),
            (["BEGIN", "--write", "--yes"], 2, "one transaction"),
            (["VACUUM; SELECT 1", "--write", "--yes"], 2, "by itself"),
            (["", "--write", "--yes"], 2, "no statement"),
        ],
    )
    def test_what_is_not_run_is_said(self, console: Console, here: str, words: list[str], code: int, says: str) -> None:
        done = console("query", here, *words)
        assert done.code == code
        assert says in done.err


class TestCsv:
    """Not through the console of the other tests, which takes the CR of CSV for something raw."""

    def test_is_read_by_others(self, here: str) -> None:
        done = subprocess.run([*COMMAND, here, MIXED, "--format", "csv"], capture_output=True, check=True)
        rows = list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))
        assert rows[1] == ["1", "a|b", "", "", "12345678901234567890.10", "t"]
        assert b',,"",' in done.stdout

    def test_a_broken_pipe_ends_it_quietly(self, here: str) -> None:
        endless = "SELECT generate_series(1, 1000000000)"
        command = f"exec {sys.executable} -m console query '{here}' '{endless}' --format csv | head -n 3"
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=True, timeout=60)
        assert (done.stdout, done.stderr) == (b"generate_series\r\n1\r\n2\r\n", b"")

    def test_memory_is_bounded(self, here: str) -> None:
        wide = "SELECT i, repeat('x', 1000) FROM generate_series(1, 60000) i"
        command = [sys.executable, "-c", WEIGHED, here, wide, "--format", "csv"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=60)
        assert len(done.stdout) > 60_000_000
        assert int(done.stderr.split()[-1]) < 120_000  # kB


COMMAND = [sys.executable, "-m", "console", "query"]
# The most memory that the program itself ever had; what wait4 tells includes what its parent had when it forked.
WEIGHED = """
import sys
from console.cli.main import main
try:
    main(["query", *sys.argv[1:]])
finally:
    print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0], file=sys.stderr)
"""


class TestWriting:
    def test_everything_is_one_transaction(self, console: Console, here: str) -> None:
        sql = "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2) RETURNING i"
        done = console("query", here, sql, "--write", "--yes", "--format", "ndjson")
        assert (done.code, done.out, done.err) == (0, '{"i": 1}\n{"i": 2}\n', "CREATE TABLE\nINSERT 0 2\n")
        failed = console("query", here, "DELETE FROM t; SELECT 1/0", "--write", "--yes")
        assert failed.code == 4
        assert console("query", here, "SELECT count(*) FROM t", "--format", "ndjson").out == '{"count": 2}\n'

    def test_what_cannot_be_in_a_transaction_runs_by_itself(self, console: Console, here: str) -> None:
        assert console("query", here, "VACUUM pg_class", "--write", "--yes").err == "VACUUM\n"

    @pytest.mark.parametrize(
        ("guard", "flags", "code"),
        [
            ("open", [], 0),
            ("confirm", [], 5),
            ("confirm", ["--yes"], 0),
            ("production", ["--yes"], 5),
            ("production", ["--confirm", "other"], 5),
            ("production", ["--confirm", "db"], 0),
        ],
    )
    def test_needs_consent(
        self, console: Console, profile: Callable[..., str], guard: str, flags: list[str], code: int
    ) -> None:
        assert console("query", profile("db", guard=guard), "CREATE TABLE t ()", "--write", *flags).code == code

    def test_never_falls_back_to_the_demo(self, console: Console) -> None:
        assert console("query", "CREATE TABLE t ()", "--write", "--yes").code == 2


class TestFunctions:
    SETUP = "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END'"

    @pytest.mark.parametrize(
        ("guard", "flags", "code"),
        [
            ("open", [], 5),
            ("open", ["--allow-functions"], 0),
            ("production", [], 5),
            ("production", ["--allow-functions"], 5),
            ("production", ["--confirm", "other"], 5),
            ("production", ["--confirm", "db"], 0),
        ],
    )
    def test_are_called_when_somebody_agreed(
        self, console: Console, here: str, profile: Callable[..., str], guard: str, flags: list[str], code: int
    ) -> None:
        console("query", here, self.SETUP, "--write", "--yes")
        done = console("query", profile("db", guard=guard), "SELECT f()", *flags)
        assert done.code == code
        assert code == 0 or "f()" in done.err


def test_a_table_never_cuts_a_value() -> None:
    form = Aligned()
    columns = [Column("n", numeric=True), Column("t")]
    first: list[Row] = [("1", "a")]
    later: list[Row] = [("123456789", "NULL"), (None, "")]
    assert form.begin(columns) + form.rows(first) + form.rows(later) + form.end() == (
        "n │ t\n──┼──\n1 │ a\n123456789 │ 'NULL'\nNULL │ ''\n"
    )
