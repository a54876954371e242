"""A statement is said in one short line, for lists and progress."""

from __future__ import annotations

import re

from console.sql.highlight import spans
from console.sql.statements import Statement
from console.text import sanitize

_LOOKED_AT = 2_000
_NOISE = re.compile(r" (?:IF NOT EXISTS|IF EXISTS|OR REPLACE|ONLY)(?= )", re.IGNORECASE)
_OPTIONS = re.compile(r"^(VACUUM|ANALYZE|REINDEX|CLUSTER) ?\([^)]*\)", re.IGNORECASE)
_ENDS = {
    "CREATE": r" (?:AS|USING|FOR|RETURNS|WHERE)\b",
    "COMMENT": r" IS\b",
    "INSERT": r" (?:VALUES|SELECT|DEFAULT|WITH|OVERRIDING)\b",
    "UPDATE": r" SET\b",
    "DELETE": r" (?:WHERE|USING)\b",
    "MERGE": r" USING\b",
}
_SECRET = re.compile("(PASSWORD|CONNECTION) \0\\d+\0", re.IGNORECASE)
_MARKED = re.compile(r"--|/\*|['\"$]")  # without any of them a text has neither comments nor anything quoted
_QUOTED = re.compile("\0(\\d+)\0")
_WHOLE = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN"})


def title(statement: Statement, *, width: int = 60) -> str:
    """Return a statement's title, such as "CREATE TABLE skin_twin.hypergraph_nodes", at most `width` characters."""
    text, quoted = _on_one_line(statement.text[statement.body : statement.body + _LOOKED_AT])
    text = _SECRET.sub(r"\1 …", _cut(text))
    text = _QUOTED.sub(lambda match: quoted[int(match[1])], text)
    text = sanitize(text.strip())
    return text if len(text) <= width else text[: width - 1] + "…"


def _cut(text: str) -> str:
    """Leave out what a title does not need, and all from where the details begin."""
    verb = text.partition(" ")[0].upper()
    if verb in _WHOLE:
        return text
    text = _NOISE.sub("", _OPTIONS.sub(r"\1", text))
    end = re.search(rf" ?\(|{_ENDS.get(verb, '$')}", text, re.IGNORECASE)
    return text[: end.start()] if end else text


def _on_one_line(text: str) -> tuple[str, list[str]]:
    """Return a text without comments, with single spaces, and numbers for what is quoted; and what that is."""
    if not _MARKED.search(text):
        return " ".join(text.split()), []
    words = []
    quoted: list[str] = []
    for start, end, kind in spans(text):
        word = text[start:end]
        if kind == "comment":
            words.append(" ")
        elif kind == "string" or word.endswith('"'):
            words.append(f"\0{len(quoted)}\0")
            quoted.append("…" if word.startswith("$") else word)
        else:
            words.append(word)
    return re.sub(r"\s+", " ", "".join(words)).strip(), quoted
