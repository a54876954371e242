"""A hit in full: each column by its name, then long texts with the words that were looked for; pure."""

from __future__ import annotations

from collections.abc import Iterator

from console.text import width
from console.ui.screens.vectors import hit_lines
from console.ui.screens.vectors.hit_lines import Answer
from console.ui.widgets.papers import RULE, Text, readable
from console.ui.widgets.parts import Part
from console.vectors.search.hit import Found, Hit

_WIDEST = 18  # cells of a name before its value
_SHORT = 120  # signs of a value that stands beside its name


def paper(found: Answer, hit: Hit) -> Text:
    """Return the lines of a hit: how near it is, its title and text, short values by their names, long ones below."""
    title, text = hit_lines.title_column(found), found.text_column
    shown = zip(found.columns, hit.row, strict=True)
    pairs = [(readable(name), value) for name, value in shown if name not in (text, title)]
    beside = [(name, "NULL" if value is None else readable(value)) for name, value in pairs if _is_short(value)]
    below = [(name, readable(value or "").strip()) for name, value in pairs if not _is_short(value)]
    wide = min(_WIDEST, max((width(name) for name, _ in beside), default=0))
    heads = [f"{name}{' ' * (wide - width(name))}  " for name, _ in beside]
    fields = [f"{head}{value}" for head, (_, value) in zip(heads, beside, strict=True)]
    called = readable(hit_lines.value(found, hit, title)).strip()
    parts = [measured(found, hit), called, readable(hit_lines.value(found, hit, text)).strip(), "\n".join(fields)]
    parts += [f"{RULE}{name}\n{value}" for name, value in below]

    def toned(line: str) -> Iterator[Part]:
        head = next((each for each in heads if line.startswith(each)), "")
        if line.startswith(RULE):
            yield Part(line, "key")
        elif head:
            yield Part(head, "key")
            value = line.removeprefix(head)
            yield from [Part(value, "null")] if value == "NULL" else hit_lines.marked(value, found.words)
        elif line == parts[0]:
            yield Part(line, "faint")
        else:
            yield from hit_lines.marked(line, found.words, "head" if line == called else "")

    def hang(line: str) -> int:
        return wide + 2 if any(line.startswith(each) for each in heads) else 0

    return Text("\n\n".join(part for part in parts if part), toned, hang=hang)


def measured(found: Answer, hit: Hit) -> str:
    """Say how near a hit is."""
    parts = [f"rank {hit.rank}"]
    if hit.score is not None:
        parts.append(f"score {hit_lines.said(hit.score)}")
    if hit.distance is not None:
        metric = f"{found.metric.said} " if isinstance(found, Found) else ""
        parts.append(f"{metric}distance {hit_lines.said(hit.distance)}")
    if hit.similarity is not None:
        parts.append(f"similarity {hit_lines.said(hit.similarity)}")
    return " · ".join(parts)


def _is_short(value: str | None) -> bool:
    return value is None or ("\n" not in value and len(value) <= _SHORT)
