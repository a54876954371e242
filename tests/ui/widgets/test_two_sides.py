"""Two texts beside each other, or one into the other: what differs stands out, what is the same is folded."""

from __future__ import annotations

from console.ui.widgets.parts import Part, plain
from console.ui.widgets.two_sides import TwoSides

BEFORE = "CREATE TABLE t (\n    id integer NOT NULL,\n    name text\n);"
AFTER = "CREATE TABLE t (\n    id bigint NOT NULL,\n    name text,\n    more jsonb\n);"


def laid(before: str, after: str, room: int) -> list[str]:
    paper = TwoSides(before, after)
    paper.reflow(room)
    return [plain(paper.line(index)).rstrip() for index in range(len(paper))]


def test_one_into_the_other() -> None:
    assert laid(BEFORE, AFTER, 60) == [
        "  CREATE TABLE t (",
        "−     id integer NOT NULL,",
        "+     id bigint NOT NULL,",
        "−     name text",
        "+     name text,",
        "+     more jsonb",
        "  );",
    ]


def test_beside_each_other() -> None:
    lines = laid(BEFORE, AFTER, 90)
    assert lines[1] == f"{'−     id integer NOT NULL,':43} │ +     id bigint NOT NULL,"
    assert lines[3] == f"{'':43} │ +     more jsonb"


def test_only_the_words_that_differ_are_toned() -> None:
    paper = TwoSides("id integer NOT NULL", "id bigint NOT NULL")
    paper.reflow(60)
    assert Part("integer", "removed") in paper.line(0)
    assert Part("bigint", "added") in paper.line(1)
    assert Part(" NOT NULL") in paper.line(1)


def test_what_is_the_same_far_away_is_folded() -> None:
    many = "\n".join(f"line {number}" for number in range(50))
    assert laid(f"{many}\nold", f"{many}\nentirely new", 60)[0] == "  ⋯ 47 lines the same"


def test_long_lines_are_broken_at_blanks() -> None:
    assert laid("", "COMMENT ON COLUMN public.people.name IS 'what she is called'", 40) == [
        "+ COMMENT ON COLUMN public.people.name",
        "    IS 'what she is called'",
    ]


def test_one_that_is_not_there_leaves_its_side_empty() -> None:
    assert laid("", "CREATE TYPE m;", 90) == [f"{'':43} │ + CREATE TYPE m;"]


def test_signs_that_a_terminal_would_act_on_are_drawn() -> None:
    assert "\x1b" not in "".join(laid("a\x1b[31m", "b\x07", 60))
