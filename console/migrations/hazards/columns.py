"""What ALTER TABLE does to columns: add, drop, change the type, forbid NULL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from console.migrations.hazards import types
from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name, Severity
from console.migrations.hazards.known import NEWEST, Column, Type
from console.migrations.hazards.scene import Scene, capital
from console.sql import builtins, grammar, queries
from console.sql.grammar import Fields, Tree
from console.text import sanitize

_FILL_LATER = "Add the column without it, set the default, and fill the rows there are in batches."
_NOT_VALID_FIRST = (
    "ADD CONSTRAINT … CHECK ({column} IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT in the next migration; then SET NOT"
    " NULL reads nothing."
)
_NOT_NULL_FIRST = "ADD CONSTRAINT … NOT NULL {column} NOT VALID, then VALIDATE CONSTRAINT in the next migration."
_STEP_BY_STEP = "Add a new column, fill it in batches, let the code use it, then drop the old one."
_A_DOMAIN = "only if its type is a domain with a constraint"
_CODE_FIRST = "First release code that no longer names it; rows that were read with SELECT * change at once."


def added(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    """Yield what ADD COLUMN does."""
    column = command["def"]["ColumnDef"]
    constraints = {each["Constraint"]["contype"]: each["Constraint"] for each in column.get("constraints", ())}
    why, may, advice = _why_rewritten(scene, column, constraints)
    if why or may:
        hazard = scene.work(Kind.REWRITE, lock, name, "rewrites", why=why, may=may, advice=advice)
        yield hazard if may != _A_DOMAIN else replace(hazard, severity=Severity.INFO)  # which it hardly ever is
    elif "CONSTR_CHECK" in constraints or {"CONSTR_FOREIGN", "CONSTR_DEFAULT"} <= constraints.keys():
        advice = "Add the column first, its constraint as NOT VALID, and validate it in the next migration."
        yield scene.work(Kind.SCAN, lock, name, "reads all of", advice=advice)
    if {"CONSTR_UNIQUE", "CONSTR_PRIMARY"} & constraints.keys():
        advice = "Add the column first; CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX."
        yield scene.work(Kind.BUILD, lock, name, "builds an index over", advice=advice)
    if "CONSTR_NOTNULL" in constraints and not _has_value(column, constraints):
        yield from _fails_with_rows(scene, name, column["colname"], lock)


def _why_rewritten(scene: Scene, column: Fields, constraints: Mapping[str, Fields]) -> tuple[str, str, str]:
    """Return why the table is written anew, under which condition, and what to do about it."""
    if types.is_serial(column["typeName"]):
        return "every row gets a number", "", "Add a plain column, fill it in batches, then give it its sequence."
    if "CONSTR_IDENTITY" in constraints:
        return "every row gets a number", "", "Add a plain column, fill it in batches, then make it an identity."
    if constraints.get("CONSTR_GENERATED", {}).get("generated_kind", "") == "s":
        return "the value of every row is computed", "", "Add a plain column and fill it with a trigger and in batches."
    default = constraints.get("CONSTR_DEFAULT", {}).get("raw_expr")
    if default is not None and (unsure := _volatile(scene, default)) is not None:
        if unsure:
            return "", f"only if {unsure} is volatile", _FILL_LATER
        return "its default is computed for every row", "", _FILL_LATER
    new = types.written(column["typeName"])
    if not new.plain and not _is_of_postgresql(column["typeName"]):
        return "", _A_DOMAIN, ""
    return "", "", ""


def _is_of_postgresql(node: Fields) -> bool:
    """Tell whether a type is no domain for certain."""
    names = grammar.words(node.get("names"))
    return names[0] == "pg_catalog" or names[-1] in ("vector", "halfvec", "citext", "hstore", "geometry", "ltree")


def _volatile(scene: Scene, expression: Fields) -> str | None:
    """Return None when a default is the same for every row, "" when it is not, else the function one has to know."""
    unsure = None
    for kind, fields in expression.items():
        for node in grammar.nodes(Tree(kind, fields)):
            if node.kind != "FuncCall":
                continue
            function = grammar.words(node.fields["funcname"])[-1]
            known = _is_volatile(scene, function)
            if known:
                return ""
            if known is None:
                unsure = sanitize(f"{function}()")
    return unsure


def _is_volatile(scene: Scene, function: str) -> bool | None:
    if function in scene.known.functions:
        return scene.known.functions[function]
    if function in volatile():
        return True
    return False if function in builtins.safe() else None


@cache
def volatile() -> frozenset[str]:
    """Return the functions that give every row a value of its own: those of PostgreSQL, and well-known others."""
    text = (queries.folder("queries") / "hazards" / "volatile_functions.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _has_value(column: Fields, constraints: Mapping[str, Fields]) -> bool:
    given = {"CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED"} & constraints.keys()
    return bool(given) or types.is_serial(column["typeName"])


def _fails_with_rows(scene: Scene, name: Name, column: str, lock: Lock) -> Iterator[Hazard]:
    found = scene.relation(name)
    rows = found.rows if found is not None else None
    if rows == 0:
        return
    text = f"fails unless {scene.shown(name)} is empty: {sanitize(column)} may not be NULL and has no default."
    severity = Severity.CRIT if rows else Severity.WARN
    advice = "Give it a default, or add it without NOT NULL and fill it first."
    yield Hazard(Kind.FAIL, severity, capital(text), name, lock, advice)


def dropped(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    """Yield what DROP COLUMN does."""
    column = command["name"]
    found = scene.relation(name)
    if found is not None and column not in found.columns and command.get("missing_ok"):
        return
    values = _values(found.columns.get(column) if found else None, found.rows if found else None)
    said = {None: "what is in it is lost", 0: "it is empty"}.get(values) or f"{_about(values)} are lost"
    text = f"Drops {sanitize(column)} of {scene.shown(name)}: {said}."
    yield scene.loss(name, text, rows=values, lock=lock, advice=_CODE_FIRST)
    if command.get("behavior") == "DROP_CASCADE":
        yield scene.cascade(name, sanitize(column))


def _values(column: Column | None, rows: int | None) -> int | None:
    """Return in how many rows a column has a value, as far as the statistics tell."""
    if rows == 0:
        return 0
    if rows is None or column is None or column.nulls is None:
        return None
    return round(rows * (1 - column.nulls))


def _about(values: int | None) -> str:
    return f"≈ {values:,} values"


def retyped(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    """Yield what ALTER COLUMN TYPE does."""
    definition, column = command["def"]["ColumnDef"], command["name"]
    found = scene.relation(name)
    there = found.columns.get(column) if found is not None else None
    new = types.written(definition["typeName"])
    judged = types.verdict(there.type if there else None, new, column, definition.get("raw_default"))
    if judged is types.Verdict.REWRITES:
        yield scene.work(Kind.REWRITE, lock, name, "rewrites", advice=_STEP_BY_STEP)
    elif judged is types.Verdict.DEPENDS:
        yield scene.work(Kind.REWRITE, lock, name, "rewrites", may=_condition(there, column, new), advice=_STEP_BY_STEP)
    elif there is not None and there.checked:
        advice = "Drop the CHECK of the column before, add it again as NOT VALID, and validate it afterwards."
        yield scene.work(Kind.SCAN, lock, name, "reads all of", advice=advice)


def _condition(there: Column | None, column: str, new: Type) -> str:
    if new.name in ("timestamp", "timestamptz"):
        return "not if the time zone of the session is UTC, or the type stays"
    if there is not None:
        return f"that depends on how {sanitize(there.type.name)} becomes {sanitize(new.name)}"
    return f"that depends on the type that {sanitize(column)} has now"


def not_null(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    """Yield what SET NOT NULL does."""
    column = command["name"]
    found = scene.relation(name)
    there = found.columns.get(column) if found is not None else None
    if (name.placed, column) in scene.proven or (there is not None and there.proven):
        return
    scene.proven.add((name.placed, column))
    first = _NOT_NULL_FIRST if scene.known.asked and scene.known.version >= NEWEST else _NOT_VALID_FIRST
    yield scene.work(Kind.SCAN, lock, name, "reads all of", advice=first.format(column=sanitize(column)))
