"""What statements about types, settings and code do; and what cannot be looked into."""

from __future__ import annotations

from collections.abc import Iterator

from console.migrations.hazards.hazard import Hazard, Kind, Lock, Severity
from console.migrations.hazards.scene import Scene
from console.sql.grammar import Fields, words
from console.text import sanitize


def enumerated(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what ALTER TYPE of an enum does."""
    name = scene.dotted(statement["typeName"])
    if scene.is_new(name, "type"):
        return
    value = sanitize(statement["newVal"])
    if "oldVal" in statement:
        text = f"Renames a value of {name}: whoever still writes {sanitize(statement['oldVal'])!r} fails at once."
        yield scene.breaking(name, text)
        return
    text = f"The new value {value!r} of {name} cannot be used in the transaction that adds it, and never be taken away."
    yield Hazard(Kind.ENUM, Severity.INFO, text, name, advice="Use it from the next migration on.")


def domained(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what ALTER DOMAIN does to the tables that have columns of it."""
    name = scene.dotted(statement["typeName"])
    kind = statement["subtype"]
    constraint = statement.get("def", {}).get("Constraint", {})
    if scene.is_new(name, "type") or kind not in ("C", "O", "V") or constraint.get("skip_validation"):
        return
    text = f"Reads all of every table with a column of {name} under SHARE, which blocks writes."
    advice = "" if kind == "V" else "ADD CONSTRAINT … NOT VALID first, VALIDATE CONSTRAINT in the next migration."
    yield Hazard(Kind.SCAN, Severity.WARN, text, name, Lock.SHARE, advice)


def typed(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Remember a type that the script makes."""
    node = statement.get("typeName") or statement.get("domainname") or statement.get("defnames")
    if node is None and "typevar" in statement:
        scene.make(scene.name(statement["typevar"]), "type")
    elif node is not None:
        scene.make(scene.dotted(node), "type")
    return iter(())


def coded(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Remember a function that the script makes, unless it may replace one."""
    if not statement.get("replace"):
        scene.make(scene.dotted(statement["funcname"]), "function")
    return iter(())


def schema(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Remember where names without a schema lead from now on."""
    if statement.get("name") != "search_path":
        return iter(())
    values = [
        each["A_Const"].get("sval", {}).get("sval", "") for each in statement.get("args", ()) if "A_Const" in each
    ]
    scene.path = next((value for value in values if value not in ("", "$user", "pg_catalog", "pg_temp")), "")
    return iter(())


def unseen(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield that code is run which nobody has looked into."""
    if "funccall" in statement:
        called = ".".join(words(statement["funccall"]["funcname"]))
        text = f"Calls {sanitize(called)}(): what it does cannot be seen from here."
    else:
        text = "What is done inside DO is not looked into."
    yield Hazard(Kind.UNSEEN, Severity.INFO, text)


def dropped_owned(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what DROP OWNED does."""
    yield Hazard(Kind.CASCADE, Severity.CRIT, "Drops everything that these roles own in this database, rows included.")


def dropped_database(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what DROP DATABASE does."""
    yield Hazard(
        Kind.LOSS, Severity.CRIT, f"Drops the database {sanitize(statement['dbname'])} with all that is in it."
    )
