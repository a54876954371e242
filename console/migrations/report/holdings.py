"""Where each object of the target comes from: which migration made it, and whether the report is about that one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from console.catalog.implied import is_clone
from console.catalog.model import Catalog, Constraint, Extension, Key, Kind, Object
from console.migrations.report.deeds import Made, ours
from console.migrations.report.facts import Holding, Origin
from console.migrations.report.measuring import Measures
from console.migrations.report.steps import Scope

_SIZED = (Kind.TABLE, Kind.MATERIALIZED_VIEW, Kind.INDEX)


def holdings(
    target: Catalog, made: Made | None, scope: Scope, measures: Measures, provider: str
) -> tuple[Holding, ...]:
    """Return what the target holds, the console's own left out. Without `made` no origin is known."""
    labels = {each.version: each.label for each in scope.applied}
    return tuple(_holding(each, made, scope, labels, measures) for each in _objects(target, provider))


def _objects(target: Catalog, provider: str) -> Iterator[Object]:
    for key, each in target.objects.items():
        if not ours(key, provider) or (isinstance(each, Constraint) and is_clone(each)):
            continue
        if not (isinstance(each, Extension) and each.preinstalled):
            yield each


def _holding(each: Object, made: Made | None, scope: Scope, labels: Mapping[str, str], measures: Measures) -> Holding:
    size = measures.of(each.key)
    if made is None:
        return Holding(each, Origin.UNKNOWN, size=size)
    version = made.creators.get(_with(each))
    if version is None:
        return Holding(each, Origin.EXISTING, size=size)
    return Holding(each, _origin(version, scope), labels.get(version, version), size)


def _with(each: Object) -> Key:
    """Return the identity with which it was made: of a constraint's index the constraint's."""
    constraint = getattr(each, "constraint", None)
    return constraint if isinstance(constraint, Key) else each.key


def _origin(version: str, scope: Scope) -> Origin:
    """An earlier batch made what was there already; a later one came after."""
    if scope.holds(version):
        return Origin.CREATED
    places = [each.version for each in scope.applied]
    first = min(places.index(each.version) for each in scope.chosen)
    return Origin.EXISTING if places.index(version) < first else Origin.LATER
