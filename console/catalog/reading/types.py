"""Builds types: enum, composite, domain, range, base and shell."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from console.catalog.model import (
    Attribute,
    BaseType,
    Column,
    Composite,
    Domain,
    DomainConstraint,
    Enum,
    Key,
    Kind,
    Range,
    ShellType,
)
from console.catalog.model.base import Owned
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, named

_Row = tuple[Any, ...]


def build(ground: Ground, relations: dict[int, _Row], columns: dict[int, tuple[Column, ...]]) -> None:
    """Add all types; row types and array types get the key of what they stand for."""
    makers = _Makers(ground, columns)
    for row in ground.rows["types"]:
        if ground.ours(classes.TYPE, row[0], row[1]) and (row[3] != "c" or row[5] in relations):
            ground.add(classes.TYPE, makers.make(row))
    for oid, relation, element in ground.rows["type_names"]:
        key = ground.relation(relation) if relation else ground.keys.get((classes.TYPE, element))
        if key is not None:
            ground.keys[classes.TYPE, oid] = key
    for row in ground.rows["ranges"]:
        if (classes.TYPE, row[0]) in ground.keys:
            ground.keys[classes.TYPE, row[1]] = ground.keys[classes.TYPE, row[0]]
    # An array of a relation's rows may have come before the row type.
    for oid, _, element in ground.rows["type_names"]:
        if (classes.TYPE, element) in ground.keys:
            ground.keys[classes.TYPE, oid] = ground.keys[classes.TYPE, element]


class _Makers:
    """One maker for each sort of type, with the rows that it needs at hand."""

    def __init__(self, ground: Ground, columns: dict[int, tuple[Column, ...]]) -> None:
        self._ground = ground
        self._columns = columns
        self._labels: dict[int, list[str]] = dict(ground.rows["enums"])
        self._ranges = {row[0]: row for row in ground.rows["ranges"]}
        self._collations: dict[int, str] = dict(ground.rows["collation_names"])
        self._constraints: dict[int, list[tuple[int, DomainConstraint]]] = defaultdict(list)
        for row in sorted(ground.rows["constraints"], key=lambda row: str(row[3])):
            if row[2]:
                self._constraints[row[2]].append((row[0], self._constraint(row)))

    def make(self, row: _Row) -> Owned:
        """Return the type of a row of `catalog/types`."""
        oid, schema, name, letter, owner = row[:5]
        key = Key(Kind.DOMAIN if letter == "d" else Kind.TYPE, self._ground.schemas[schema], name)
        owned = {"key": key} | self._ground.owned(classes.TYPE, oid, owner)
        if letter == "e":
            return Enum(labels=tuple(self._labels.get(oid, ())), **owned)
        if letter == "c":
            return self._composite(row, owned)
        if letter == "d":
            return self._domain(row, owned)
        if letter == "r":
            return self._range(self._ranges[oid], owned)
        return self._base(row, owned) if row[6] else ShellType(**owned)

    def _composite(self, row: _Row, owned: dict[str, Any]) -> Composite:
        attributes = tuple(
            Attribute(name=column.name, type=column.type, collation=column.collation, comment=column.comment)
            for column in self._columns.get(row[5], ())
        )
        self._ground.keys[classes.CLASS, row[5]] = owned["key"]
        return Composite(attributes=attributes, **owned)

    def _domain(self, row: _Row, owned: dict[str, Any]) -> Domain:
        constraints = self._constraints.get(row[0], ())
        for oid, _ in constraints:
            self._ground.keys[classes.CONSTRAINT, oid] = owned["key"]
        usual = f"{row[2]}_not_null"
        return Domain(
            base=row[25],
            not_null=row[26],
            default=row[21],
            collation=self._collations.get(row[27]) if row[27] is not None else None,
            constraints=tuple(each for _, each in constraints if each.type != "n" or each.name != usual),
            **owned,
        )

    def _constraint(self, row: _Row) -> DomainConstraint:
        comment = self._ground.comments.get((classes.CONSTRAINT, row[0], 0))
        return DomainConstraint(name=row[3], type=row[4], definition=row[15], validated=row[8], comment=comment)

    def _range(self, row: _Row, owned: dict[str, Any]) -> Range:
        _, _, subtype, opclass, collation, canonical, difference, multirange = row
        return Range(
            subtype=subtype,
            subtype_opclass=opclass or "",
            collation=self._collations.get(collation) if collation is not None else None,
            canonical=named(canonical),
            subtype_diff=named(difference),
            multirange=multirange,
            **owned,
        )

    def _base(self, row: _Row, owned: dict[str, Any]) -> BaseType:
        return BaseType(
            input=named(row[7]),
            output=named(row[8]),
            receive=named(row[9]),
            send=named(row[10]),
            typmod_in=named(row[11]),
            typmod_out=named(row[12]),
            analyze=named(row[13]),
            subscript=named(row[14]),
            length=row[15],
            by_value=row[16],
            alignment=row[17],
            storage=row[18],
            category=row[19],
            preferred=row[20],
            default=row[21],
            element=row[22],
            delimiter=row[23],
            collatable=row[24],
            **owned,
        )
