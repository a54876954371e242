"""Builds languages, transforms, collations, conversions and the four objects of text search."""

from __future__ import annotations

from collections import defaultdict

from console.catalog.model import (
    Collation,
    Conversion,
    Key,
    Kind,
    Language,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Transform,
)
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, named


def build(ground: Ground) -> None:
    """Add all objects of these kinds."""
    _languages(ground)
    _transforms(ground)
    _collations(ground)
    _conversions(ground)
    _parsers(ground)
    _templates(ground)
    _dictionaries(ground)
    _configurations(ground)


def _languages(ground: Ground) -> None:
    for oid, name, owner, trusted, handler, inline, validator in ground.rows["languages"]:
        if ground.ours(classes.LANGUAGE, oid):
            language = Language(
                key=Key(Kind.LANGUAGE, "", name),
                trusted=trusted,
                handler=named(handler),
                inline=named(inline),
                validator=named(validator),
                **ground.owned(classes.LANGUAGE, oid, owner),
            )
            ground.add(classes.LANGUAGE, language)


def _transforms(ground: Ground) -> None:
    for oid, kind, language, from_sql, to_sql in ground.rows["transforms"]:
        if ground.ours(classes.TRANSFORM, oid):
            transform = Transform(
                key=Key(Kind.TRANSFORM, "", kind, args=language),
                type=kind,
                language=language,
                from_sql=from_sql,
                to_sql=to_sql,
                **ground.note(classes.TRANSFORM, oid),
            )
            ground.add(classes.TRANSFORM, transform)


def _collations(ground: Ground) -> None:
    for oid, schema, name, owner, provider, deterministic, collate, ctype, *rest in ground.rows["collations"]:
        if not ground.ours(classes.COLLATION, oid, schema):
            continue
        locale, rules = rest
        collation = Collation(
            key=Key(Kind.COLLATION, ground.schemas[schema], name),
            provider=provider,
            deterministic=deterministic,
            collate=collate,
            ctype=ctype,
            locale=locale,
            rules=rules,
            **ground.owned(classes.COLLATION, oid, owner),
        )
        ground.add(classes.COLLATION, collation)


def _conversions(ground: Ground) -> None:
    for oid, schema, name, owner, source, target, function, default in ground.rows["conversions"]:
        if ground.ours(classes.CONVERSION, oid, schema):
            conversion = Conversion(
                key=Key(Kind.CONVERSION, ground.schemas[schema], name),
                source=source,
                target=target,
                function=function,
                default=default,
                **ground.owned(classes.CONVERSION, oid, owner),
            )
            ground.add(classes.CONVERSION, conversion)


def _parsers(ground: Ground) -> None:
    for oid, schema, name, start, token, end, lextypes, headline in ground.rows["text_search_parsers"]:
        if ground.ours(classes.TS_PARSER, oid, schema):
            parser = TextSearchParser(
                key=Key(Kind.TEXT_SEARCH_PARSER, ground.schemas[schema], name),
                start=start,
                token=token,
                end=end,
                lextypes=lextypes,
                headline=named(headline),
                **ground.note(classes.TS_PARSER, oid),
            )
            ground.add(classes.TS_PARSER, parser)


def _templates(ground: Ground) -> None:
    for oid, schema, name, lexize, init in ground.rows["text_search_templates"]:
        if ground.ours(classes.TS_TEMPLATE, oid, schema):
            key = Key(Kind.TEXT_SEARCH_TEMPLATE, ground.schemas[schema], name)
            note = ground.note(classes.TS_TEMPLATE, oid)
            ground.add(classes.TS_TEMPLATE, TextSearchTemplate(key=key, lexize=lexize, init=named(init), **note))


def _dictionaries(ground: Ground) -> None:
    for oid, schema, name, owner, template, entries in ground.rows["text_search_dictionaries"]:
        if ground.ours(classes.TS_DICT, oid, schema):
            key = Key(Kind.TEXT_SEARCH_DICTIONARY, ground.schemas[schema], name)
            owned = ground.owned(classes.TS_DICT, oid, owner)
            ground.add(classes.TS_DICT, TextSearchDictionary(key=key, template=template, options=entries, **owned))


def _configurations(ground: Ground) -> None:
    mappings: dict[int, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for oid, token, dictionaries in ground.rows["text_search_mappings"]:
        mappings[oid].append((token, tuple(dictionaries)))
    for oid, schema, name, owner, parser in ground.rows["text_search_configurations"]:
        if ground.ours(classes.TS_CONFIG, oid, schema):
            configuration = TextSearchConfiguration(
                key=Key(Kind.TEXT_SEARCH_CONFIGURATION, ground.schemas[schema], name),
                parser=parser,
                mappings=tuple(mappings[oid]),
                **ground.owned(classes.TS_CONFIG, oid, owner),
            )
            ground.add(classes.TS_CONFIG, configuration)
