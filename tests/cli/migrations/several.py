"""What the tests of verbs on several targets share."""

from __future__ import annotations

from collections.abc import Callable

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console, Done

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"

Add = Callable[..., Target]


def applied(console: Console, name: str) -> list[str]:
    found = console("status", name, "--json").document["migrations"]
    return [each["version"] for each in found if each["state"] == "applied"]


def each(done: Done) -> list[tuple[str, bool, bool, str]]:
    """What stands of each target in the document; the rest is that of one target alone."""
    return [(one["target"], one["ok"], one["reached"], one["summary"]) for one in done.document["targets"]]


def check(verb: str, done: Done) -> None:
    """Hold the document to its shape, and what it has of each target that was done to the shape of the verb."""
    shapes.check(f"{verb} of several", done.document)
    for one in done.document["targets"]:
        alone = {key: value for key, value in one.items() if key not in ("reached", "error")}
        if one["reached"] and one["error"] is None:
            shapes.check(verb, alone)
        if not one["reached"]:
            assert alone.keys() == {"target", "ok", "summary"}
