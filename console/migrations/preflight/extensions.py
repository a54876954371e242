"""Which extensions a statement makes, and which things of one it uses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from console.sql import grammar
from console.sql.grammar import Tree, words


@dataclass(frozen=True, slots=True)
class Wanted:
    """An extension that is made; `version` is empty where any will do.

    `sure` says that nothing before it in the plan could have made it, or given the role another's rights.
    """

    name: str
    version: str = ""
    cascade: bool = False
    if_missing: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Used:
    """A type, access method or operator class by its name, and the extension that brings it along."""

    kind: str
    name: str
    extension: str


# By the control files and scripts of the extensions themselves.
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("vector", "halfvec", "sparsevec"), "vector"),
    **dict.fromkeys(("geometry", "geography"), "postgis"),
    **dict.fromkeys(("citext", "hstore", "cube"), ""),
    **dict.fromkeys(("ltree", "lquery", "ltxtquery"), "ltree"),
}
_METHODS: Mapping[str, str] = {"hnsw": "vector", "ivfflat": "vector", "bloom": "bloom", "rum": "rum"}
_CLASSES: Mapping[str, str] = {
    **dict.fromkeys(("gin_trgm_ops", "gist_trgm_ops"), "pg_trgm"),
    **dict.fromkeys(("vector_cosine_ops", "vector_l2_ops", "vector_ip_ops"), "vector"),
}
_ANY = re.compile(rf"(?i)\b(?:{'|'.join((*_TYPES, *_METHODS, *_CLASSES))})\b")
_MAKING = ("CreateStmt", "AlterTableStmt", "IndexStmt")


def wanted(tree: Tree) -> Wanted | None:
    """Return the extension that a statement makes, if it is such a one."""
    if tree.kind != "CreateExtensionStmt":
        return None
    # Options come in small letters; a version's letters are what they are.
    given = {each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in tree.fields.get("options", ())}
    version = given.get("new_version", {}).get("String", {}).get("sval", "")
    return Wanted(tree.fields["extname"], version, "cascade" in given, bool(tree.fields.get("if_not_exists")))


def dropped(tree: Tree) -> Iterator[str]:
    """Yield the extensions that a statement drops."""
    if tree.kind == "DropStmt" and tree.fields["removeType"] == "OBJECT_EXTENSION":
        yield from (each["String"]["sval"] for each in tree.fields["objects"])


def used(tree: Tree, text: str) -> Iterator[Used]:
    """Yield what of extensions the columns and indexes of a statement use."""
    if tree.kind not in _MAKING or not _ANY.search(text):
        return
    for node in grammar.nodes(tree):
        if node.kind == "ColumnDef":
            name = (words(node.fields.get("typeName", {}).get("names")) or ("",))[-1]
            if name in _TYPES:
                yield Used("type", name, _TYPES[name] or name)
        elif node.kind == "IndexElem":
            name = (words(node.fields.get("opclass")) or ("",))[-1]
            if name in _CLASSES:
                yield Used("operator class", name, _CLASSES[name])
        elif node.kind == "IndexStmt" and (name := node.fields.get("accessMethod", "")) in _METHODS:
            yield Used("access method", name, _METHODS[name])
