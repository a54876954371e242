"""The screens that exist, each imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from textual.screen import Screen


def _schema() -> Screen[None]:
    from console.ui.screens.schema.screen import SchemaScreen

    return SchemaScreen()


def _migrations() -> Screen[None]:
    from console.ui.screens.migrations.screen import MigrationsScreen

    return MigrationsScreen()


def _drift() -> Screen[None]:
    from console.ui.screens.drift.screen import DriftScreen

    return DriftScreen()


def _dashboards() -> Screen[None]:
    from console.ui.screens.dashboards.screen import DashboardsScreen

    return DashboardsScreen()


def _vectors() -> Screen[None]:
    from console.ui.screens.vectors.screen import VectorsScreen

    return VectorsScreen()


OPENERS: Mapping[str, Callable[[], Screen[None]]] = MappingProxyType(
    {
        "schema": _schema,
        "migrations": _migrations,
        "drift": _drift,
        "dashboards": _dashboards,
        "vectors": _vectors,
    }
)
