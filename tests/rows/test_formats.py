"""Each form writes rows so that they can be read back, or looked at, as what they were."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.query import Query, Row
from console.db.session import Session
from console.errors import UsageError
from console.rows import copying, relation, table
from console.rows.formats import FORMS, Csv, Form, Insert, Into, Json, JsonLines, Markdown, Text, arrays
from console.rows.formats.typed import writer_of
from console.rows.source import Column

COLUMNS = (Column("id", "integer", 23, numeric=True), Column("name", "text", 25), Column("tags", "text[]", 1009))
ROWS: list[Row] = [("1", "a,b", '{x,"y z"}'), ("2", "", None), ("3", None, "{}")]


def written(form: Form, columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """Write the rows one by one, as batches of a stream would come."""
    return form.begin(columns) + "".join(form.rows([row]) for row in rows) + form.end()


def test_csv_tells_null_from_the_empty_text() -> None:
    assert written(Csv(), COLUMNS, ROWS) == 'id,name,tags\r\n1,"a,b","{x,""y z""}"\r\n2,"",\r\n3,,{}\r\n'


def test_csv_is_read_by_others() -> None:
    values = ['quote " comma , end', "two\nlines", "\r\n", " blanks ", "\\.", "=1+1", "漢字"]
    text = written(Csv(), [Column("v")], [(value,) for value in values])
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == ["v", *values]


def test_text_is_as_copy_writes_it() -> None:
    rows: list[Row] = [("a\tb\\", "x\ny", None), ("\\N", "", "\b\f\v\r")]
    assert written(Text(), COLUMNS, rows) == "a\\tb\\\\\tx\\ny\t\\N\n\\\\N\t\t\\b\\f\\v\\r\n"


def test_json_is_one_array_of_typed_objects() -> None:
    assert json.loads(written(Json(), COLUMNS, ROWS)) == [
        {"id": 1, "name": "a,b", "tags": ["x", "y z"]},
        {"id": 2, "name": "", "tags": None},
        {"id": 3, "name": None, "tags": []},
    ]
    assert written(Json(), COLUMNS, []) == "[]\n"


def test_ndjson_is_an_object_a_line() -> None:
    column = Column("j", "json", 114)
    lines = written(JsonLines(), [column], [('{\n  "a": "x"\n}',), (None,)]).splitlines()
    assert [json.loads(line) for line in lines] == [{"j": {"a": "x"}}, {"j": None}]


@pytest.mark.parametrize(
    ("type_name", "numeric", "value", "expected"),
    [
        ("numeric", True, "123456789012345678901234567890.12345678900", "123456789012345678901234567890.12345678900"),
        ("double precision", True, "1e+300", "1e+300"),
        ("double precision", True, "NaN", '"NaN"'),
        ("double precision", True, "-Infinity", '"-Infinity"'),
        ("money", True, "$1,000.00", '"$1,000.00"'),
        ("bigint", True, "-9223372036854775808", "-9223372036854775808"),
        ("boolean", False, "t", "true"),
        ("boolean", False, "f", "false"),
        ("jsonb", False, '{"a": [1, null]}', '{"a": [1, null]}'),
        ("text", False, "t", '"t"'),
        ("text", False, "12", '"12"'),
        ("text", False, 'say "hi"\\', '"say \\"hi\\"\\\\"'),
        ("text", False, "\x1b[31m\u202e\x7f\x9b", '"\\u001b[31m\\u202e\\u007f\\u009b"'),
        ("jsonb", False, '"\u202e"', '"\\u202e"'),
        ("timestamp with time zone", False, "infinity", '"infinity"'),
        ("integer[]", False, "{1,NULL,3}", "[1, null, 3]"),
        ("numeric[]", False, "{{1.10,2},{3,NaN}}", '[[1.10, 2], [3, "NaN"]]'),
        ("boolean[]", False, "{t,f}", "[true, false]"),
        ("jsonb[]", False, '{"{\\"a\\": 1}"}', '[{"a": 1}]'),
        ("text[]", False, '{"NULL",NULL,"a\\"b",a b}', '["NULL", null, "a\\"b", "a b"]'),
        ("integer[]", False, "[0:1]={1,2}", "[1, 2]"),
        ("box[]", False, "{(1,1),(0,0);(2,2),(1,1)}", '"{(1,1),(0,0);(2,2),(1,1)}"'),
        ("text[]", False, "no array", '"no array"'),
    ],
)
def test_json_values_are_what_they_are(type_name: str, numeric: bool, value: str, expected: str) -> None:
    found = writer_of(Column("c", type_name, numeric=numeric))(value)
    if type_name != "box[]":
        assert found == expected
    json.loads(found)


@pytest.mark.parametrize("literal", ["{", "}", "{1}}", "{}{}", "", "x", "{1"])
def test_what_is_no_array_is_none(literal: str) -> None:
    assert arrays.parse(literal) is None


def test_columns_of_the_same_name_all_stay() -> None:
    text = written(Json(), [Column("a"), Column("a"), Column("a_2")], [("1", "2", "3")])
    assert json.loads(text) == [{"a": "1", "a_3": "2", "a_2": "3"}]


def test_markdown_shows_markup_as_text() -> None:
    rows: list[Row] = [("1", "a|b\n<b>*c*</b> [x](javascript:y) \x1b[31m", None)]
    assert written(Markdown(), COLUMNS, rows) == (
        "| id | name | tags |\n| ---: | --- | --- |\n"
        "| 1 | a\\|b<br>\\<b\\>\\*c\\*\\</b\\> \\[x\\](javascript:y) ␛\\[31m | *NULL* |\n"
    )


TORTURE = """
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
CREATE TABLE "od""d" (
    "i d" int GENERATED ALWAYS AS IDENTITY, n numeric, f float8, b boolean, t text, j jsonb, x bytea, a text[], m mood,
    at timestamptz, d int GENERATED ALWAYS AS (1) STORED
);
INSERT INTO "od""d" (n, f, b, t, j, x, a, m, at) VALUES
    (1.10, 'NaN', true, E'it''s \\\\ a\\nline', '{"a": "b''c"}', '\\x00ff', '{"a b",NULL}', 'it''s ok', 'infinity'),
    (NULL, 1e300, false, '', NULL, NULL, '{}', NULL, '0044-03-15 BC');
"""


async def test_insert_statements_bring_the_rows_back(make_database: object) -> None:
    target: Target = make_database(TORTURE)  # type: ignore[operator]
    every = Query('SELECT * FROM public."od""d" ORDER BY 1', as_text=True)
    async with await Session.open(target, what="test") as session:
        rows = await table.open(session, "public", 'od"d')
        await rows.fetch_end()
        found = [row for row in map(rows.row, range(len(rows))) if row]
        into = Into.of(await relation.read(session, "public", 'od"d'))
        text = written(Insert(into), rows.columns, found)
        await rows.close()
        [before] = await session.read(every)
        async with session.writing(consent(target, action="write")) as writer:
            await writer.execute('DELETE FROM "od""d"')
            for statement in text.split(";\n")[:-1]:
                await writer.execute(statement)
        assert await session.read(every) == [before]
        assert len(before) == 2


def test_copying_takes_rows_columns_and_cells() -> None:
    assert copying.cell(None) == ""
    assert copying.cell("a\tb") == "a\tb"
    assert copying.rows(COLUMNS, ROWS[1:2], "text") == "2\t\t\\N\n"
    columns, rows = copying.picked(COLUMNS, ROWS, ["name", "id"])
    assert copying.rows(columns, rows[:1], "csv") == 'name,id\r\n"a,b",1\r\n'
    assert copying.rows(columns, rows[2:], "insert", into=Into("s", "t")) == (
        'INSERT INTO "s"."t" ("name", "id") VALUES (NULL, 3);\n'
    )


@pytest.mark.parametrize("form", ["yaml", "insert"])
def test_what_cannot_be_copied_is_said(form: str) -> None:
    with pytest.raises(UsageError):
        copying.rows(COLUMNS, ROWS, form)


def test_every_form_writes_an_empty_result() -> None:
    assert {name: written(make(), [Column("a")], []) for name, make in FORMS.items()} == {
        "csv": "a\r\n",
        "json": "[]\n",
        "ndjson": "",
        "markdown": "| a |\n| --- |\n",
        "text": "",
    }
