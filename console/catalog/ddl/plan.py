"""Puts the steps of all objects in an order that works."""

from __future__ import annotations

from console.catalog.ddl.needs import needs
from console.catalog.ddl.ranks import rank
from console.catalog.ddl.scene import Scene
from console.catalog.ddl.steps import Step, steps
from console.catalog.order import Ordered, ordered


def planned(scene: Scene) -> Ordered[Step]:
    """Return the steps of a scene in order, and the needs given up: none, unless bodies of routines are in a circle."""
    found = (step for key in scene.keys for step in steps(scene, key))
    return ordered(sorted(found, key=lambda step: rank(scene.catalog, step)), needs(scene))
