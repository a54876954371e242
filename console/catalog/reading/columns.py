"""Builds columns. Equal ones are one value: thousands of tables have the same `id` and `created_at`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from console.catalog.model import Column, Identity, Key, Kind, NotNull, SequenceOptions
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, options, secretless

_UNLOGGED = 150000  # from which on a sequence can be unlogged, as its table is
_PLAIN_NOT_NULL = NotNull()
_PLACE = itemgetter(0, 1)
_IS_PARTITION = 11  # in a row of `catalog/relations`; what a partition has from above is never its own
_Place = tuple[int, int]  # a relation's oid and a column's number


@dataclass(slots=True)
class _Extras:
    """What some columns have, by their place."""

    defaults: dict[_Place, str | None] = field(default_factory=dict)
    identities: dict[_Place, tuple[Key, SequenceOptions, str | None]] = field(default_factory=dict)
    not_nulls: dict[_Place, NotNull] = field(default_factory=dict)
    noted: set[_Place] = field(default_factory=set)


def build(ground: Ground, relations: dict[int, tuple[Any, ...]]) -> dict[int, tuple[Column, ...]]:
    """Return the columns of each of the relations by its oid, and remember their names on the ground."""
    types = {(oid, modifier): text for oid, modifier, text in ground.rows["column_types"]}
    collations: dict[int, str] = dict(ground.rows["collation_names"])
    names: dict[int, dict[int, str]] = defaultdict(dict)
    rows = sorted(ground.rows["columns"], key=_PLACE)  # nearly in order already; the server would sort on disk
    for row in rows:
        names[row[0]][row[1]] = row[2]
    ground.columns = dict(names)
    extras = _extras(ground, relations)
    known: dict[Any, Column] = {}
    columns: dict[int, list[Column]] = defaultdict(list)
    for row in rows:
        if row[0] in relations:
            columns[row[0]].append(_column(ground, row, extras, types, collations, known))
    return {oid: tuple(some) for oid, some in columns.items()}


def _column(
    ground: Ground,
    row: tuple[Any, ...],
    extras: _Extras,
    types: dict[_Place, str],
    collations: dict[int, str],
    known: dict[Any, Column],
) -> Column:
    place = row[:2]
    if place in extras.noted or row[13] is not None or row[14] is not None:
        return _made(ground, row, extras, types, collations)
    like = (row[2:], extras.defaults.get(place) if row[6] else None)
    column = known.get(like)
    if column is None:
        column = known[like] = _made(ground, row, extras, types, collations)
    return column


def _made(
    ground: Ground, row: tuple[Any, ...], extras: _Extras, types: dict[_Place, str], collations: dict[int, str]
) -> Column:
    relation, number, name, type_oid, modifier, not_null, has_default, generated, identity, *rest = row
    collation, storage, compression, target, attribute_options, fdw_options, local, inherited = rest
    place = (relation, number)
    whole = (classes.CLASS, relation, number)
    default = extras.defaults.get(place) if has_default else None
    return Column(
        name=name,
        type=types[type_oid, modifier],
        not_null=extras.not_nulls.get(place, _PLAIN_NOT_NULL) if not_null or place in extras.not_nulls else None,
        default=default,
        generated=generated,
        identity=_identity(extras, place, identity) if identity else None,
        collation=collations.get(collation) if collation is not None else None,
        storage=storage,
        compression=compression,
        statistics=target,
        options=options(attribute_options),
        fdw_options=secretless(fdw_options)[0],
        local=local,
        inherited=inherited,
        comment=ground.comments.get(whole),
        grants=ground.privileges.get(whole, ((), ()))[0],
        security_labels=ground.labels.get(whole, ()),
        locked=has_default and default is None,
    )


def _identity(extras: _Extras, place: _Place, letter: str) -> Identity | None:
    found = extras.identities.get(place)
    if found is None:
        return None
    sequence, counting, persistence = found
    return Identity(always=letter == "a", sequence=sequence, options=counting, persistence=persistence)


def _extras(ground: Ground, relations: dict[int, tuple[Any, ...]]) -> _Extras:
    extras = _Extras()
    extras.defaults = {(relation, number): text for _, relation, number, text in ground.rows["defaults"]}
    for row in ground.rows["sequences"]:
        relation, number, deptype = row[8:]
        sequence = relations.get(row[0])
        if deptype == "i" and sequence is not None:
            key = Key(Kind.SEQUENCE, ground.schemas[sequence[1]], sequence[2])
            persistence = sequence[5] if ground.version >= _UNLOGGED else None
            extras.identities[relation, number] = (key, counting(row), persistence)
    _not_nulls(ground, extras, relations)
    extras.noted = {*extras.not_nulls, *extras.identities}
    for notes in (ground.comments, ground.privileges, ground.labels):
        extras.noted.update((oid, number) for catalog, oid, number in notes if number and catalog == classes.CLASS)
    return extras


def _not_nulls(ground: Ground, extras: _Extras, relations: dict[int, tuple[Any, ...]]) -> None:
    """Keep those constraints that are not as the server makes them by itself."""
    for oid, relation, number, name, validated, no_inherit, local, inherited in ground.rows["not_nulls_18"]:
        if relation not in relations or number not in ground.columns.get(relation, ()):
            continue
        usual = f"{relations[relation][2]}_{ground.columns[relation][number]}_not_null"
        comment = ground.comments.get((classes.CONSTRAINT, oid, 0))
        if name == usual and validated and local and not no_inherit and not inherited and comment is None:
            continue
        extras.not_nulls[relation, number] = NotNull(
            name="" if name == usual else name,
            validated=validated,
            no_inherit=no_inherit,
            local=local and not (inherited and relations[relation][_IS_PARTITION]),
            inherited=inherited > 0,
            comment=comment,
        )


def counting(row: tuple[Any, ...]) -> SequenceOptions:
    """Return the options in a row of `catalog/sequences`."""
    kind, start, increment, minimum, maximum, cache, cycle = row[1:8]
    return SequenceOptions(
        type=kind, start=start, increment=increment, minimum=minimum, maximum=maximum, cache=cache, cycle=cycle
    )
