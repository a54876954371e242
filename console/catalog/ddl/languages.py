"""Statements for languages and transforms, collations, conversions and text search."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl.naming import described, name
from console.catalog.model import (
    Collation,
    Conversion,
    Language,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Transform,
)
from console.sql.quoting import ident, literal

_PROVIDERS = {"c": "libc", "i": "icu", "b": "builtin"}


def language(made: Language) -> Iterator[str]:
    """Create a procedural language."""
    trusted = "TRUSTED " if made.trusted else ""
    parts = {"HANDLER": made.handler, "INLINE": made.inline, "VALIDATOR": made.validator}
    said = "".join(f" {word} {function}" for word, function in parts.items() if function)
    yield f"CREATE {trusted}LANGUAGE {ident(made.key.name)}{said}"


def transform(made: Transform) -> Iterator[str]:
    """Create a transform."""
    parts = {"FROM SQL": made.from_sql, "TO SQL": made.to_sql}
    said = ", ".join(f"{word} WITH FUNCTION {function}" for word, function in parts.items() if function)
    yield f"CREATE {described(made)} ({said})"


def collation(made: Collation) -> Iterator[str]:
    """Create a collation."""
    said = {"provider": _PROVIDERS.get(made.provider, "")}
    if not made.deterministic:
        said["deterministic"] = "false"
    if made.locale is not None:
        said["locale"] = literal(made.locale)
    elif made.collate == made.ctype:
        said["locale"] = literal(made.collate or "")
    else:
        said |= {"lc_collate": literal(made.collate or ""), "lc_ctype": literal(made.ctype or "")}
    if made.rules is not None:
        said["rules"] = literal(made.rules)
    yield f"CREATE COLLATION {name(made.key)} ({_parts(said)})"


def conversion(made: Conversion) -> Iterator[str]:
    """Create a conversion between encodings."""
    default = "DEFAULT " if made.default else ""
    way = f"FOR {literal(made.source)} TO {literal(made.target)} FROM {made.function}"
    yield f"CREATE {default}CONVERSION {name(made.key)} {way}"


def parser(made: TextSearchParser) -> Iterator[str]:
    """Create a text search parser."""
    parts = {
        "START": made.start,
        "GETTOKEN": made.token,
        "END": made.end,
        "LEXTYPES": made.lextypes,
        "HEADLINE": made.headline,
    }
    yield f"CREATE TEXT SEARCH PARSER {name(made.key)} ({_parts(parts)})"


def template(made: TextSearchTemplate) -> Iterator[str]:
    """Create a text search template."""
    yield f"CREATE TEXT SEARCH TEMPLATE {name(made.key)} ({_parts({'INIT': made.init, 'LEXIZE': made.lexize})})"


def dictionary(made: TextSearchDictionary) -> Iterator[str]:
    """Create a text search dictionary; its options stand as the server keeps them."""
    options = f", {made.options}" if made.options else ""
    yield f"CREATE TEXT SEARCH DICTIONARY {name(made.key)} (TEMPLATE = {made.template}{options})"


def configuration(made: TextSearchConfiguration) -> Iterator[str]:
    """Create a text search configuration with its mappings."""
    yield f"CREATE TEXT SEARCH CONFIGURATION {name(made.key)} (PARSER = {made.parser})"
    for token, dictionaries in made.mappings:
        yield f"ALTER {described(made)} ADD MAPPING FOR {ident(token)} WITH {', '.join(dictionaries)}"


def _parts(parts: dict[str, str]) -> str:
    return ", ".join(f"{word} = {value}" for word, value in parts.items() if value)
