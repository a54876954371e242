"""A domain that stays: its default, NOT NULL, and checks; another base type or collation makes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from console.catalog.compare import Change
from console.catalog.ddl.naming import described
from console.catalog.model import Domain, DomainConstraint
from console.drift.altering.stored import within
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident, literal


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a domain is altered; None when what it is made of is another."""
    before, after = change.before, change.after
    assert isinstance(before, Domain)
    assert isinstance(after, Domain)
    names = {each.attribute for each in change.differences}
    if names & {"base", "collation"}:
        return None
    found = tuple(_pieces(before, after, names))
    if _looked_at(before, after) and within(ground.a, change.key):
        return None  # the server cannot look at values within arrays and rows
    return found


def loosened(ground: Ground, made: Domain) -> tuple[Piece, ...] | None:
    """Return how a domain lets go of what its checks and its default call, and takes it again; None: made anew."""
    after = ground.b.catalog.objects.get(made.key)
    if not isinstance(after, Domain) or (made.base, made.collation) != (after.base, after.collation):
        return None
    if within(ground.a, made.key):
        return None  # the server cannot look at values within arrays and rows
    found = [Piece("checks off", tuple(bared(made, made.key.name)), takes=False)]
    bare = replace(made, default=None, constraints=tuple(each for each in made.constraints if each.type != "c"))
    names = {name for name in ("default", "not_null", "constraints") if getattr(bare, name) != getattr(after, name)}
    renewed = _pieces(bare, after, names)
    return (*found, *(replace(each, lets_go=False) for each in renewed if each.part != "checks off"))


def bared(made: Domain, name: str) -> Iterator[str]:
    """Return how checks and default are taken off a domain, under whatever name it has by now."""
    head = f"ALTER DOMAIN {dotted(made.key.schema, name)}"
    for each in made.constraints:
        if each.type == "c":
            yield f"{head} DROP CONSTRAINT {ident(each.name)}"
    if made.default is not None:
        yield f"{head} DROP DEFAULT"


def _looked_at(before: Domain, after: Domain) -> bool:
    """Tell whether all stored values would have to be looked at."""
    gone, come, said = _constraints(before, after)
    renamed = {now for _, now in _renames(before, after, gone, come)}
    strict = any(each.validated and each.type == "c" and each.name not in renamed for each in come)
    return strict or bool(said) or (after.not_null and not before.not_null)


def _pieces(before: Domain, after: Domain, names: set[str]) -> Iterator[Piece]:
    head = f"ALTER {described(after)}"
    gone, come, said = _constraints(before, after)
    renames = _renames(before, after, gone, come)
    if renames:
        yield Piece("names", tuple(f"{head} RENAME CONSTRAINT {ident(was)} TO {ident(now)}" for was, now in renames))
    gone = [each for each in gone if each.name not in dict(renames)]
    if gone:
        drops = tuple(f"{head} DROP CONSTRAINT {ident(each.name)}" for each in gone)
        yield Piece("checks off", drops, takes=False)
    if "default" in names:
        word = f"SET DEFAULT {after.default}" if after.default is not None else "DROP DEFAULT"
        yield Piece("default", (f"{head} {word}",))
    come = [each for each in come if each.name not in {now for _, now in renames}]
    named = any(each.type == "n" for each in (*gone, *come))
    if "not_null" in names and not named:
        yield Piece("not null", (f"{head} {'SET' if after.not_null else 'DROP'} NOT NULL",))
    texts = [*(_added(head, each) for each in come if each.definition), *said]
    was = {now: old for old, now in renames}
    for each in (*come, *after.constraints):
        texts += _comment(before, after, each, old=was.get(each.name, each.name), new=each in come)
    if texts:
        yield Piece("checks", tuple(dict.fromkeys(texts)), lets_go=False)


def _constraints(before: Domain, after: Domain) -> tuple[list[DomainConstraint], list[DomainConstraint], list[str]]:
    """Return the constraints that go, those that come, and what is said of those that stay."""
    was, now = {each.name: each for each in before.constraints}, {each.name: each for each in after.constraints}
    gone = [each for name, each in was.items() if name not in now or _other(each, now[name])]
    come = [each for name, each in now.items() if name not in was or _other(was[name], each)]
    said = [
        f"ALTER {described(after)} VALIDATE CONSTRAINT {ident(name)}"
        for name, each in now.items()
        if each not in come and each.validated and not was[name].validated
    ]
    return gone, come, said


def _other(before: DomainConstraint, after: DomainConstraint) -> bool:
    """Tell whether a constraint has to go and come; to be validated it need not."""
    bare = (before.definition or "").removesuffix(" NOT VALID"), (after.definition or "").removesuffix(" NOT VALID")
    return bare[0] != bare[1] or (before.validated and not after.validated) or before.type != after.type


def _added(head: str, each: DomainConstraint) -> str:
    return f"{head} ADD CONSTRAINT {ident(each.name)} {each.definition}"


def _renames(
    before: Domain, after: Domain, gone: list[DomainConstraint], come: list[DomainConstraint]
) -> list[tuple[str, str]]:
    """Return the constraints that differ by name alone, also a NOT NULL whose name the server has chosen."""
    renames = []
    taken = {each.name for each in before.constraints}
    usual = f"{before.key.name}_not_null"
    if before.not_null and after.not_null:
        was = next((each.name for each in before.constraints if each.type == "n"), usual)
        now = next((each.name for each in after.constraints if each.type == "n"), usual)
        renames += [(was, now)] if was != now and now not in taken else []
    free = [each for each in come if each.type == "c" and each.name not in taken]
    for each in gone:
        told = each.type, each.definition, each.validated
        alike = next((one for one in free if (one.type, one.definition, one.validated) == told), None)
        if alike is not None:
            free.remove(alike)
            renames.append((each.name, alike.name))
    return renames


def _comment(before: Domain, after: Domain, each: DomainConstraint, *, old: str, new: bool) -> Iterator[str]:
    was = next((one.comment for one in before.constraints if one.name == old and not new), None)
    if was != each.comment:
        text = "NULL" if each.comment is None else literal(each.comment)
        yield f"COMMENT ON CONSTRAINT {ident(each.name)} ON {described(after)} IS {text}"
