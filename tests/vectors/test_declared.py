"""What a folder's embeddings.toml may say, and what is said about one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.errors import BadMigrations
from console.vectors.filling import declared
from console.vectors.filling.declared import Declared

GOOD = '["public.a.e"]\ntext = ["x"]\n'


def test_a_folder_without_the_file_declares_nothing(tmp_path: Path) -> None:
    assert declared.read(tmp_path) == ()


def test_columns_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "embeddings.toml").write_text(
        '["public.articles.embedding"]\ntext = ["title", "body"]\nwhere = { status = "done", kind = ["a", 2, true] }\n'
        '["other.notes.e"]\ntext = ["note"]\n'
    )
    assert declared.read(tmp_path) == (
        Declared(
            "public", "articles", "embedding", ("title", "body"), (("status", ("done",)), ("kind", ("a", "2", "true")))
        ),
        Declared("other", "notes", "e", ("note",)),
    )


def test_which_rows_it_stands_in_is_said() -> None:
    where = (("status", ("done",)), ("kind", ("a", "\x1b[31m")))
    assert Declared("public", "a", "e", ("x",), where).only == "status is done and kind is a or ␛[31m"
    assert Declared("public", "a", "e", ("x",)).only == ""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[public", 1, "this is not TOML"),
        (GOOD + '["public.a.e"]\n', 3, "this is not TOML"),
        ('["a.e"]\ntext = ["x"]\n', 1, "a.e has to be schema.table.column"),
        ('["a..e"]\ntext = ["x"]\n', 1, "a..e has to be schema.table.column"),
        ('[public.a.e]\ntext = ["x"]\n', 1, "public has to be schema.table.column"),
        ('\nx = 1\n', 2, "x is no table"),
        ('["public.a.e"]\n', 1, "public.a.e does not say text"),
        ('["public.a.e"]\ntext = "x"\n', 2, "text of public.a.e has to be a list of columns"),
        ('["public.a.e"]\ntext = []\n', 2, "text of public.a.e has to be a list of columns"),
        ('["public.a.e"]\ntext = ["x", 1]\n', 2, "text of public.a.e has to be a list of columns"),
        (GOOD + 'from = "y"\n', 3, "from of public.a.e is not known"),
        (GOOD + 'where = "y"\n', 3, "where of public.a.e has to be a table"),
        (GOOD + "where = { y = [] }\n", 3, "y of public.a.e has no value to compare with"),
        (GOOD + "where = { y = 1.5 }\n", 3, "y of public.a.e has no value to compare with"),
        ('["public.\\u001b[31m.e"]\ntext = "x"', 2, "text of public.␛[31m.e has to be a list of columns"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_line_and_key(tmp_path: Path, text: str, line: int, said: str) -> None:
    (tmp_path / "embeddings.toml").write_text(text)
    with pytest.raises(BadMigrations) as caught:
        declared.read(tmp_path)
    assert caught.value.title.startswith(f"embeddings.toml, line {line}: {said}")
    assert caught.value.line == line
    assert caught.value.hint


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "embeddings.toml").write_bytes(b'["public.\xff"]')
    with pytest.raises(BadMigrations, match="not UTF-8"):
        declared.read(tmp_path)
    (tmp_path / "embeddings.toml").unlink()
    (tmp_path / "embeddings.toml").mkdir()
    with pytest.raises(BadMigrations, match="is not a file"):
        declared.read(tmp_path)
