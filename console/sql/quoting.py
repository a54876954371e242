"""Writes names and values as SQL reads them, by PostgreSQL's own rules and without asking a server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Every word that is not "unreserved" in pg_get_keywords() of PostgreSQL 14 to 18: bare, it may not be read as a name.
KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case
    cast char character check coalesce collate collation column concurrently constraint create cross
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect
    interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
    json_scalar json_serialize json_table json_value lateral leading least left like limit localtime
    localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on
    only or order out outer overlaps overlay placing position precision primary real references returning right
    row select session_user setof similar smallint some substring symmetric system_user table tablesample then
    time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where
    window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
    xmlserialize xmltable
    """,
    )
)

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*\Z")
_PART = re.compile(r'"((?:[^"]|"")+)"|([^".]+)')
_DOTTED = re.compile(rf"(?:{_PART.pattern})(?:\.(?:{_PART.pattern}))*")


def ident(name: str) -> str:
    """Quote a name where it needs quotes, as quote_ident does.

    >>> ident("users"), ident("Users"), ident("order"), ident('a"b'), ident("1st")
    ('users', '"Users"', '"order"', '"a""b"', '"1st"')
    """
    if _PLAIN.match(name) and name not in KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


def dotted(*names: str) -> str:
    """Join names with dots, quoted; empty ones are left out.

    >>> dotted("public", "user")
    'public."user"'
    """
    return ".".join(ident(name) for name in names if name)


def undotted(text: str, *, folded: bool = True) -> tuple[str, ...]:
    """Return the names of a dotted text, as PostgreSQL reads them; none where it is not made of names.

    `folded` has a name without quotes in small letters.

    >>> undotted('Public."My.Table"'), undotted("a.B", folded=False), undotted('a."b'), undotted("a..b")
    (('public', 'My.Table'), ('a', 'B'), (), ())
    """
    if not _DOTTED.fullmatch(text):
        return ()
    return tuple(
        quoted.replace('""', '"') or (_small(bare) if folded else bare) for quoted, bare in _PART.findall(text)
    )


def _small(name: str) -> str:
    """Fold a name as the server does: only the letters that are ASCII."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in name)


def listed(names: Iterable[str]) -> str:
    """Join names with commas, quoted."""
    return ", ".join(ident(name) for name in names)


def literal(text: str) -> str:
    r"""Quote a value; one with a backslash is written so that no setting of the server changes its meaning.

    >>> literal("it's"), literal("a\\b")
    ("'it''s'", "E'a\\\\b'")
    """
    doubled = text.replace("'", "''")
    return f"'{doubled}'" if "\\" not in text else "E'" + doubled.replace("\\", "\\\\") + "'"


def role(name: str) -> str:
    """Quote a role; "public" stands for PUBLIC."""
    return "PUBLIC" if name == "public" else ident(name)


def dollars(body: str) -> str:
    """Put a body between dollar quotes that it does not hold itself.

    >>> dollars("BEGIN END"), dollars("a $$ b")
    ('$$BEGIN END$$', '$_$a $$ b$_$')
    """
    tag = ""
    while f"${tag}$" in body or body.endswith(f"${tag}"):
        tag += "_"
    return f"${tag}${body}${tag}$"


def clauses(said: Mapping[str, object]) -> str:
    r"""Return the lines of CREATE … (A = x, B), without what is empty or false.

    >>> clauses({"SFUNC": "f", "HYPOTHETICAL": True, "INITCOND": ""})
    '\n    SFUNC = f,\n    HYPOTHETICAL\n'
    """
    lines = (word if value is True else f"{word} = {value}" for word, value in said.items() if value)
    return "\n    " + ",\n    ".join(lines) + "\n"
