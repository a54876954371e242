"""Builds functions, procedures, aggregates and event triggers."""

from __future__ import annotations

from typing import Any

from console.catalog.model import Aggregate, EventTrigger, Key, Kind, Routine
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, named

_KINDS = {"f": Kind.FUNCTION, "w": Kind.FUNCTION, "p": Kind.PROCEDURE, "a": Kind.AGGREGATE}
# What CREATE AGGREGATE takes when nothing is said: read-write for ordered-set ones, whose final functions may sort.
_USUAL_MODIFY = {"n": "r", "o": "w", "h": "w"}


def build(ground: Ground) -> None:
    """Add all routines."""
    aggregates = {row[0]: row for row in ground.rows["aggregates"]}
    for row in ground.rows["routines"]:
        oid, schema, name, letter, *_ = row
        if not ground.ours(classes.PROC, oid, schema):
            continue
        if row[14] is not None:
            # The constructors of a range type go with it.
            ground.keys[classes.PROC, oid] = ground.keys[classes.TYPE, row[14]]
            continue
        key = Key(_KINDS[letter], ground.schemas[schema], name, args=row[6])
        if letter == "a":
            ground.add(classes.PROC, _aggregate(ground, key, row, aggregates[oid]))
        else:
            ground.add(classes.PROC, _routine(ground, key, row))
    _event_triggers(ground)


def _routine(ground: Ground, key: Key, row: tuple[Any, ...]) -> Routine:
    oid, _, _, letter, owner, language, _, arguments, result, volatility, _, source, sql_body, definition, _ = row
    if definition is None:
        ground.hide(key)
    return Routine(
        key=key,
        definition=definition.rstrip("\n") if definition else definition,
        type=letter,
        language=language,
        arguments=arguments,
        result=result,
        volatility=volatility,
        source=source,
        sql_body=sql_body,
        **ground.owned(classes.PROC, oid, owner),
    )


def _aggregate(ground: Ground, key: Key, routine: tuple[Any, ...], row: tuple[Any, ...]) -> Aggregate:
    _, letter, sfunc, stype, sspace, final, final_extra, final_modify, combine, serial, deserial, initial, *moving = row
    msfunc, minv, mstype, msspace, mfinal, mfinal_extra, mfinal_modify, minitial, sortop = moving
    usual = _USUAL_MODIFY[letter]
    return Aggregate(
        key=key,
        type=letter,
        arguments=routine[7],
        result=routine[8],
        sfunc=named(sfunc),
        stype=stype,
        sspace=sspace,
        finalfunc=named(final),
        finalfunc_extra=final_extra,
        finalfunc_modify="" if final_modify == usual else final_modify,
        combinefunc=named(combine),
        serialfunc=named(serial),
        deserialfunc=named(deserial),
        initcond=initial,
        msfunc=named(msfunc),
        minvfunc=named(minv),
        mstype=mstype or "",
        msspace=msspace,
        mfinalfunc=named(mfinal),
        mfinalfunc_extra=mfinal_extra,
        mfinalfunc_modify="" if mfinal_modify == usual else mfinal_modify,
        minitcond=minitial,
        sortop=sortop,
        parallel=routine[10],
        **ground.owned(classes.PROC, row[0], routine[4]),
    )


def _event_triggers(ground: Ground) -> None:
    for oid, name, owner, event, function_oid, function, tags, enabled in ground.rows["event_triggers"]:
        if not ground.ours(classes.EVENT_TRIGGER, oid):
            continue
        trigger = EventTrigger(
            key=Key(Kind.EVENT_TRIGGER, "", name),
            owner=ground.role(owner),
            event=event,
            function=function,
            tags=tuple(tags or ()),
            enabled=enabled,
            function_key=ground.keys.get((classes.PROC, function_oid)),
            security_labels=ground.labels.get((classes.EVENT_TRIGGER, oid, 0), ()),
            **ground.note(classes.EVENT_TRIGGER, oid),
        )
        ground.add(classes.EVENT_TRIGGER, trigger)
