"""Languages, transforms, collations, conversions and the four objects of text search."""

from __future__ import annotations

from dataclasses import dataclass

from console.catalog.model.base import Object, Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Owned):
    """A procedural language; functions are qualified, quoted names, "" where there is none."""

    trusted: bool = False
    handler: str = ""
    inline: str = ""
    validator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform(Object):
    """A transform between a type and a language; functions with their argument types, "" where there is none."""

    type: str
    language: str
    from_sql: str = ""
    to_sql: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation(Owned):
    """A collation; `provider` is c (libc), i (ICU), b (builtin), d (default). `version` is not part of its meaning."""

    provider: str = "c"
    deterministic: bool = True
    collate: str | None = None
    ctype: str | None = None
    locale: str | None = None
    rules: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion(Owned):
    """A conversion between encodings."""

    source: str
    target: str
    function: str
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchParser(Object):
    """A text search parser; functions are qualified, quoted names."""

    start: str
    token: str
    end: str
    lextypes: str
    headline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchTemplate(Object):
    """A text search template."""

    lexize: str
    init: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchDictionary(Owned):
    """A text search dictionary; `options` is the text that the server keeps, such as `language = 'x'`."""

    template: str
    options: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchConfiguration(Owned):
    """A text search configuration; `mappings` are (token type, dictionaries in order), by token type's name."""

    parser: str
    mappings: tuple[tuple[str, tuple[str, ...]], ...] = ()
