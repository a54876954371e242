"""The parts of a script: templates of ours, statements with their values, comments that nothing can end."""

from __future__ import annotations

from console.db.literals import bound, literal
from console.db.query import Query
from console.sql.queries import load
from console.text import sanitize


def template(name: str, **parts: str) -> str:
    """Return `queries/ledger/script/<name>.sql` with its parts filled in, without the comment on its first line."""
    return _body(name).format(**parts)


def asked(name: str, **values: object) -> str:
    """Return an expression of `queries/ledger/script/` with its values in it."""
    return bound(Query(load(f"ledger/script/{name}"), values)).partition("\n")[2].strip()


def statement(query: Query) -> str:
    """Return a statement of a ledger with its values, and the comment on it."""
    return f"{bound(query).strip()};\n"


def of_file(text: str) -> str:
    """Return a statement of a file with its semicolon, on a line of its own where a comment could swallow it."""
    last = text.rpartition("\n")[2]
    return f"{text}\n;\n" if "--" in last else f"{text};\n"


def comment(text: str) -> str:
    r"""Return a line of comment, whatever the text.

    >>> comment("0001_a\nDROP TABLE people;")
    '-- 0001_a␊DROP TABLE people;\n'
    """
    return f"-- {sanitize(text)}".rstrip() + "\n"


def milliseconds(seconds: float) -> str:
    """Return a timeout as a setting takes it.

    >>> milliseconds(3)
    "'3000ms'"
    """
    return literal(f"{seconds * 1000:.0f}ms")


def quoted(name: str, checks: str) -> str:
    """Return a template that puts `checks` between dollar quotes, with a tag that does not occur in them."""
    tag = "guard"
    while f"${tag}$" in checks:
        tag += "_"
    return template(name, quote=f"${tag}$", checks=checks.rstrip("\n"))


def _body(name: str) -> str:
    return load(f"ledger/script/{name}").partition("\n")[2]
