"""What dropping, renaming and replacing objects does, and new tables and triggers to the tables beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.migrations.hazards import constraints, indexes
from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name, Severity
from console.migrations.hazards.scene import BY_NAME, Scene
from console.sql.grammar import Fields, words
from console.text import sanitize

_EXPAND = "Add the new name beside the old one, let the code use it, then take the old one away."
_STRONG = Lock.ACCESS_EXCLUSIVE
_RELATIONS = {
    "OBJECT_TABLE": "table",
    "OBJECT_FOREIGN_TABLE": "foreign table",
    "OBJECT_MATVIEW": "materialised view",
    "OBJECT_VIEW": "view",
    "OBJECT_SEQUENCE": "sequence",
}
_ON_TABLE = ("OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE")
_NAMED = {"OBJECT_FUNCTION": "function", "OBJECT_PROCEDURE": "procedure", "OBJECT_ROUTINE": "routine"}
_TYPES = {"OBJECT_TYPE": "type", "OBJECT_DOMAIN": "domain"}


def made(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what CREATE TABLE does to the tables it references and belongs to."""
    table = statement["relation"]
    if table.get("relpersistence") == "t":
        scene.temporary.add(table["relname"])
    else:
        scene.make(scene.name(table), if_missing=bool(statement.get("if_not_exists")))
    yield from constraints.referenced(scene, _constraints(statement))
    if "partbound" in statement:
        for each in statement["inhRelations"]:
            parent = scene.name(each["RangeVar"])
            if not scene.is_new(parent):
                advice = "CREATE TABLE … (LIKE parent), then ATTACH PARTITION, which takes a lighter lock."
                yield scene.brief(_STRONG, parent, advice=advice)


def _constraints(statement: Fields) -> Iterator[Fields]:
    for element in statement.get("tableElts", ()):
        if "Constraint" in element:
            yield element["Constraint"]
        for each in element.get("ColumnDef", {}).get("constraints", ()):
            yield each["Constraint"]


def viewed(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what CREATE OR REPLACE VIEW does to a view that is there."""
    view = scene.name(statement["view"])
    if statement.get("replace") and not scene.is_new(view) and not scene.is_missing(view):
        yield scene.brief(_STRONG, view)
    else:
        scene.make(view)


def filled(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Remember what CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW make; they harm nobody."""
    into = statement.get("into") or statement.get("intoClause")
    if into:
        if into["rel"].get("relpersistence") == "t":
            scene.temporary.add(into["rel"]["relname"])
        else:
            scene.make(scene.name(into["rel"]), if_missing=bool(statement.get("if_not_exists")))
    return iter(())


def on_table(lock: Lock, field: str) -> Callable[[Scene, Fields], Iterator[Hazard]]:
    """Return the rule of a statement that takes a lock on the table in `field` for a moment."""

    def rule(scene: Scene, statement: Fields) -> Iterator[Hazard]:
        table = scene.name(statement[field])
        if not scene.is_new(table):
            yield scene.brief(lock, table)

    return rule


def dropped(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what DROP does."""
    kind = statement["removeType"]
    if kind == "OBJECT_INDEX":
        yield from indexes.dropped(scene, statement)
    elif kind in _RELATIONS:
        for each in statement["objects"]:
            yield from _relation(scene, statement, scene.dotted(each["List"]["items"]))
    elif kind in _ON_TABLE:
        for each in statement["objects"]:
            yield from _of_table(scene, each["List"]["items"])
    elif kind in _TYPES or kind in _NAMED:
        yield from _named(scene, statement, kind)
    elif kind in ("OBJECT_SCHEMA", "OBJECT_EXTENSION") and statement.get("behavior") == "DROP_CASCADE":
        for each in statement["objects"]:
            yield _everything(kind, each["String"]["sval"])


def _relation(scene: Scene, statement: Fields, name: Name) -> Iterator[Hazard]:
    if scene.is_new(name) or (statement.get("missing_ok") and scene.is_missing(name)):
        scene.unmake(name)
        return
    kind = statement["removeType"]
    if kind == "OBJECT_TABLE":
        found = scene.relation(name)
        rows = found.rows if found is not None else None
        said = {None: "its rows are lost", 0: "it is empty"}.get(rows) or "these rows are lost"
        yield scene.loss(name, f"Drops {scene.shown(name)}: {said}.", rows=rows, lock=_STRONG)
    elif ("relation", name.placed) in scene.remade:
        yield scene.brief(_STRONG, name)
    else:
        text = f"Drops the {_RELATIONS[kind]} {scene.shown(name)}: whoever still uses it fails."
        yield scene.breaking(name, text, lock=_STRONG)
    if statement.get("behavior") == "DROP_CASCADE":
        yield scene.cascade(name, str(name))


def _everything(kind: str, name: str) -> Hazard:
    what = kind.removeprefix("OBJECT_").lower()
    inner = "all that is in it, rows included, and" if what == "schema" else "all its types and functions and"
    text = f"Drops the {what} {sanitize(name)} with {inner} whatever depends on it."
    return Hazard(Kind.CASCADE, Severity.CRIT, text, advice=BY_NAME)


def _of_table(scene: Scene, items: list[Fields]) -> Iterator[Hazard]:
    """Yield what dropping a trigger, policy or rule does: the last word is its name, those before the table's."""
    table = scene.dotted(items[:-1])
    if not scene.is_new(table):
        yield scene.brief(_STRONG, table)


def _named(scene: Scene, statement: Fields, kind: str) -> Iterator[Hazard]:
    """Yield what dropping a type or a function does."""
    word = {**_TYPES, **_NAMED}[kind]
    what = "type" if kind in _TYPES else "function"
    for each in statement["objects"]:
        node = each.get("TypeName", {}).get("names") or each.get("ObjectWithArgs", {}).get("objname")
        name = scene.dotted(node)
        if scene.is_new(name, what):
            continue
        if (what, name.placed) not in scene.remade:
            yield scene.breaking(name, f"Drops the {word} {name}: whoever still uses it fails.")
        if statement.get("behavior") == "DROP_CASCADE":
            yield scene.cascade(name, str(name))


def renamed(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what RENAME does."""
    kind = statement["renameType"]
    if "relation" not in statement:
        yield from _renamed_other(scene, statement, kind)
        return
    name = scene.name(statement["relation"])
    new = Name(name.schema, statement["newname"])
    if scene.is_new(name):
        if kind in _RELATIONS:
            scene.unmake(name)
            scene.make(new)
        return
    if statement.get("missing_ok") and scene.is_missing(name):
        return
    if kind == "OBJECT_COLUMN" or kind in _RELATIONS:
        old = f"{sanitize(statement['subname'])} of {name}" if kind == "OBJECT_COLUMN" else str(name)
        text = f"Renames {old} to {sanitize(statement['newname'])}: whoever still uses the old name fails at once."
        yield scene.breaking(name, text, lock=_STRONG, advice=_EXPAND)
    elif kind != "OBJECT_INDEX":
        yield scene.brief(_STRONG, name)


def _renamed_other(scene: Scene, statement: Fields, kind: str) -> Iterator[Hazard]:
    word = {**_TYPES, **_NAMED, "OBJECT_SCHEMA": "schema"}.get(kind)
    if word is None or statement["newname"] is None:
        return
    node = statement.get("object", {})
    parts = words(node.get("List", {}).get("items") or node.get("ObjectWithArgs", {}).get("objname"))
    old = sanitize(".".join(parts) or statement.get("subname", ""))
    text = (
        f"Renames the {word} {old} to {sanitize(statement['newname'])}: whoever still uses the old name fails at once."
    )
    yield scene.breaking(None, text, advice=_EXPAND)


def moved(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what SET SCHEMA does to a relation."""
    if "relation" not in statement or scene.is_new(name := scene.name(statement["relation"])):
        return
    text = f"Moves {name} to {sanitize(statement['newschema'])}: whoever uses it with its schema fails at once."
    yield scene.breaking(name, text, lock=_STRONG)
