"""The steps in which objects are made: most in one, some first as a shell, some with a rest that comes later."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from console.catalog.ddl.scene import Scene
from console.catalog.model import Key, MaterializedView, Object, OperatorFamily, Sequence


class Stage(IntEnum):
    """How far a step takes its object."""

    SHELL = 0
    BODY = 1
    REST = 2


class Step(NamedTuple):
    """One step of one object."""

    key: Key
    stage: Stage


def steps(scene: Scene, key: Key) -> Iterator[Step]:
    """Return the steps of an object in their order."""
    made = scene.catalog.objects[key]
    if scene.has_shell(made):
        yield Step(key, Stage.SHELL)
    yield Step(key, Stage.BODY)
    if _has_rest(scene, made):
        yield Step(key, Stage.REST)


def _has_rest(scene: Scene, made: Object) -> bool:
    match made:
        case Sequence():
            return made.owned_by is not None and not made.identity
        case OperatorFamily():
            return bool(made.operators or made.functions)
        case MaterializedView():
            return scene.is_filled_later(made)
    return scene.is_bare(made) or scene.is_late(made.key)
