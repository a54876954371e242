"""Statements that make an object, or everything, again: composed of the frozen catalog alone, without a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.catalog.ddl import making, rules, schemas
from console.catalog.ddl.kinship import parts
from console.catalog.ddl.plan import planned
from console.catalog.ddl.scene import Choice, Scene
from console.catalog.ddl.unhandled import Unhandled, unhandled
from console.catalog.model import Catalog, Constraint, Database, Index, Key, Kind
from console.text import sanitize

__all__ = ["Unhandled", "everything", "of", "statements", "unhandled"]

# What the statements rely on: nothing is found by a search path, bodies of functions are not looked into before what
# they speak of is there, and nothing is put anywhere else than it says.
PREAMBLE = (
    "SET client_encoding = 'UTF8'",
    "SET standard_conforming_strings = on",
    "SET check_function_bodies = off",
    "SET search_path = ''",
    "SET default_table_access_method = heap",
    "SET default_tablespace = ''",
)
_DATABASE = Key(Kind.DATABASE, "", "")
_PLPGSQL = Key(Kind.EXTENSION, "", "plpgsql")
_PUBLIC = Key(Kind.SCHEMA, "", "public")


def of(catalog: Catalog, key: Key, *, whole: bool = True, owners: bool = True, grants: bool = True) -> str:
    """Return the statements that make one object again, ready to run where what it needs is there.

    `whole` takes in what belongs to a relation: constraints, indexes, triggers, rules, policies, statistics, sequences
    owned by its columns. Raises KeyError for what is not in the catalog.
    """
    keys = frozenset([*_told_by(catalog, key), *(parts(catalog, key) if whole else ())])
    scene = Scene(catalog, keys, Choice(owners=owners, grants=grants, together=True))
    groups = (making.statements(scene, step) for step in planned(scene).nodes)
    return _written([*_groups(groups), *_notes(each for each in unhandled(catalog) if each.key in keys)])


def everything(catalog: Catalog, *, owners: bool = True, grants: bool = True) -> str:
    """Return a script that makes all objects in an empty database, for `psql -v ON_ERROR_STOP=1 -f`.

    Roles belong to the server: the script names those that must be there. What it cannot make is said in comments. A
    catalog without the database itself, such as one that was narrowed to a schema, makes only what it holds.
    """
    scene = Scene(rules.said(catalog), frozenset(catalog.objects), Choice(owners=owners, grants=grants))
    head = [_heading(catalog), ";\n".join(PREAMBLE) + ";"]
    return _written([*head, *_groups(_all(scene)), *_notes(unhandled(catalog))])


def statements(catalog: Catalog, *, owners: bool = True, grants: bool = True, faithful: bool = True) -> tuple[str, ...]:
    """Return the statements of `everything` one by one, without semicolons and comments.

    Without `faithful`, texts stay as the server has written them, though it may read them otherwise: as pg_dump does.
    """
    choice = Choice(owners=owners, grants=grants, faithful=faithful)
    scene = Scene(rules.said(catalog), frozenset(catalog.objects), choice)
    return (*PREAMBLE, *(statement for group in _all(scene) for statement in group))


def _all(scene: Scene) -> Iterator[Iterable[str]]:
    whole = _DATABASE in scene.catalog.objects
    if whole and _PUBLIC not in scene.catalog.objects:
        yield ("DROP SCHEMA IF EXISTS public",)
    yield from (making.statements(scene, step) for step in planned(scene).nodes)
    if whole:
        yield schemas.settings(scene.catalog)
    if whole and _PLPGSQL not in scene.catalog.objects:
        yield ("DROP EXTENSION IF EXISTS plpgsql",)


def _told_by(catalog: Catalog, key: Key) -> Iterator[Key]:
    """Return an object and the one without which it is not made: a constraint and its index belong together."""
    made = catalog.objects[key]
    yield key
    if isinstance(made, Index) and made.constraint is not None:
        yield made.constraint
    if isinstance(made, Constraint) and made.index is not None and made.type != "f":
        yield made.index


def _groups(groups: Iterable[Iterable[str]]) -> Iterator[str]:
    """Return the statements of each group as one text, empty ones left out."""
    for group in groups:
        text = "\n".join(f"{statement};" for statement in group)
        if text:
            yield text


def _notes(missing: Iterable[Unhandled]) -> Iterator[str]:
    lines = [f"-- {each.key.kind} {sanitize(str(each.key))}: {sanitize(each.reason)}." for each in missing]
    if lines:
        yield "\n".join(["-- Seen, but not to be made again from here:", *lines])


def _heading(catalog: Catalog) -> str:
    database = catalog.objects.get(_DATABASE)
    what = f"Everything in the database {sanitize(database.name)}" if isinstance(database, Database) else "Objects"
    lines = [f"-- {what}, for PostgreSQL {catalog.version // 10000}."]
    if catalog.roles:
        lines.append(f"-- These roles must be there: {', '.join(map(sanitize, sorted(catalog.roles)))}.")
    return "\n".join(lines)


def _written(texts: Iterable[str]) -> str:
    return "\n\n".join(texts) + "\n"
