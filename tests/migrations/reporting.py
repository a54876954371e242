"""What the tests of reports share: how one is made, and how its Markdown is taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt

from console.catalog.compare import Action
from console.migrations.report import gathering, markdown
from console.migrations.report.facts import Phase, Report
from tests.migrations.project import Project

RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


async def gathered(project: Project, **options: Any) -> Report:
    """Return the report on a project; whatever is in it, its Markdown is well-formed."""
    found = await gathering.gather(project.session, project.folder, **options)
    check(markdown.render(found))
    return found


def check(text: str) -> None:
    """Hold Markdown to its form: nothing raw, no HTML, no link, every row of a table as wide as its head."""
    assert not RAW.search(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    cells, width = 0, 0
    for token in _all(tokens):
        assert not token.type.startswith("html"), token.content
        assert token.type not in ("link_open", "image"), token
        if token.type == "tr_open":
            cells = 0
        elif token.type in ("th_open", "td_open"):
            cells += 1
        elif token.type == "thead_close":
            width = cells
        elif token.type == "tr_close" and width:
            assert cells == width or token.level < 2
        elif token.type == "table_close":
            width = 0
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        lines = block.splitlines()
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1, block


def _all(tokens: list[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def section(text: str, title: str) -> str:
    """Return what stands below a heading, up to the next of its level."""
    level = title.split(" ")[0]
    return re.split(rf"^{level} ", text.split(f"{title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def deeds(phase: Phase, action: Action = Action.CREATE) -> dict[str, str]:
    """Return what a phase did: name of the object → how it stands now."""
    return {f"{deed.key.kind} {deed.key}": deed.now.value for deed in phase.deeds if deed.action is action}
