"""Builds casts, operators, operator classes and families, access methods."""

from __future__ import annotations

from collections import defaultdict

from console.catalog.model import (
    AccessMethod,
    Cast,
    FamilyFunction,
    FamilyOperator,
    Key,
    Kind,
    Operator,
    OperatorClass,
    OperatorFamily,
)
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, named


def build(ground: Ground) -> None:
    """Add all objects of these kinds."""
    _casts(ground)
    _operators(ground)
    _families(ground)
    for oid, name, letter, handler in ground.rows["access_methods"]:
        if ground.ours(classes.ACCESS_METHOD, oid):
            key = Key(Kind.ACCESS_METHOD, "", name)
            note = ground.note(classes.ACCESS_METHOD, oid)
            ground.add(classes.ACCESS_METHOD, AccessMethod(key=key, type=letter, handler=handler, **note))


def _casts(ground: Ground) -> None:
    for oid, source, target, function, context, method in ground.rows["casts"]:
        if ground.ours(classes.CAST, oid):
            cast = Cast(
                key=Key(Kind.CAST, "", f"{source} AS {target}"),
                source=source,
                target=target,
                function=function,
                context=context,
                method=method,
                **ground.note(classes.CAST, oid),
            )
            ground.add(classes.CAST, cast)


def _operators(ground: Ground) -> None:
    for oid, schema, name, owner, left, right, result, function, commutator, negator, *rest in ground.rows["operators"]:
        if not ground.ours(classes.OPERATOR, oid, schema):
            continue
        restrict, join, merges, hashes = rest
        operator = Operator(
            key=Key(Kind.OPERATOR, ground.schemas[schema], name, args=f"{left or 'NONE'}, {right or 'NONE'}"),
            left=left,
            right=right,
            result=result,
            function=function,
            commutator=commutator,
            negator=negator,
            restrict=named(restrict),
            join=named(join),
            merges=merges,
            hashes=hashes,
            **ground.owned(classes.OPERATOR, oid, owner),
        )
        ground.add(classes.OPERATOR, operator)


def _families(ground: Ground) -> None:
    operators, functions = _family_items(ground)
    for oid, schema, name, owner, method in ground.rows["operator_families"]:
        if ground.ours(classes.OPERATOR_FAMILY, oid, schema):
            family = OperatorFamily(
                key=Key(Kind.OPERATOR_FAMILY, ground.schemas[schema], name, args=method),
                method=method,
                operators=tuple(operators[oid, 0]),
                functions=tuple(functions[oid, 0]),
                **ground.owned(classes.OPERATOR_FAMILY, oid, owner),
            )
            ground.add(classes.OPERATOR_FAMILY, family)
    for oid, schema, name, owner, method, kind, family_name, default, storage, family_oid in ground.rows[
        "operator_classes"
    ]:
        if ground.ours(classes.OPERATOR_CLASS, oid, schema):
            operator_class = OperatorClass(
                key=Key(Kind.OPERATOR_CLASS, ground.schemas[schema], name, args=method),
                method=method,
                type=kind,
                family=family_name,
                default=default,
                storage=storage,
                operators=tuple(operators[family_oid, oid]),
                functions=tuple(functions[family_oid, oid]),
                **ground.owned(classes.OPERATOR_CLASS, oid, owner),
            )
            ground.add(classes.OPERATOR_CLASS, operator_class)
    _name_items(ground)


_Place = tuple[int, int]  # the oids of a family and of a class, 0 for what is loose


def _family_items(
    ground: Ground,
) -> tuple[dict[_Place, list[FamilyOperator]], dict[_Place, list[FamilyFunction]]]:
    operators: dict[_Place, list[FamilyOperator]] = defaultdict(list)
    functions: dict[_Place, list[FamilyFunction]] = defaultdict(list)
    for _, family, operator_class, number, operator, left, right, order_by in ground.rows["family_operators"]:
        operators[family, operator_class].append(FamilyOperator(number, operator, left, right, order_by))
    for _, family, operator_class, number, function, left, right in ground.rows["family_functions"]:
        functions[family, operator_class].append(FamilyFunction(number, function, left, right))
    return operators, functions


def _name_items(ground: Ground) -> None:
    """Let the dependencies of family members be those of the class, or of the family."""
    for catalog, rows in ((classes.AMOP, "family_operators"), (classes.AMPROC, "family_functions")):
        for oid, family, operator_class, *_ in ground.rows[rows]:
            key = ground.keys.get((classes.OPERATOR_CLASS, operator_class)) or ground.keys.get(
                (classes.OPERATOR_FAMILY, family)
            )
            if key is not None:
                ground.keys[catalog, oid] = key
