"""The first side made in the shadow: statements are tried on it, and it is compared with the second one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from console.catalog import compare
from console.catalog.compare import Action, Change, Scope
from console.catalog.model import Catalog, Database, Key, Kind
from console.db.writer import Writer
from console.drift.planning.planning import plan
from console.drift.proving import settling
from console.drift.proving.shadow import Shadow
from console.drift.scope import Pair, narrowed, of_one_kind
from console.drift.sources.kinds import Read
from console.drift.sources.making import rebuilt
from console.migrations.rehearsal import laying
from console.migrations.rehearsal.stage import Stage
from console.migrations.rehearsal.verdict import LeftOut


@dataclass(slots=True)
class Trial:
    """Two sides, of which the first is made in the shadow.

    `away` is what of the first the shadow cannot hold as it is. `now` is all that is there, as it was last seen.
    """

    shadow: Shadow
    a: Read
    b: Read
    away: frozenset[Key] = frozenset()
    now: Catalog = field(default_factory=lambda: Catalog(0, {}))

    async def prepare(self) -> None:
        """Have the second side in the shadow's version. Raises what the shadow raises."""
        if await self.shadow.major() != self.b.major:
            self.b = await rebuilt(self.shadow, self.b)

    async def lay(self, stage: Stage) -> tuple[LeftOut, ...]:
        """Make the first side; return what could not be made of it. Raises ConnectionFailed and its kin."""
        if not (await self.shadow.place()).shared:
            owners = {role for role in (self.a.role, self.b.role) if role}
            await stage.make_roles({*self.a.catalog.roles, *self.b.catalog.roles, *owners})
        laid = await laying.make(stage, self.a.catalog)
        wanted = narrowed(self.a, self.b)
        there = (await self.seen(stage)).a
        lacking = differing(there, of_one_kind(there, wanted.a), wanted.scope)
        if any(each.key.kind is Kind.DATABASE for each in lacking):
            found = plan(_database_alone(there), _database_alone(wanted.a), wanted.scope)
            async with stage.session.writing(stage.consent, doing="setting up the database") as writer:
                await run(writer, [each.text for each in found.statements])
            lacking = [each for each in lacking if each.key.kind is not Kind.DATABASE]
        if await self.shadow.major() != self.a.major:  # whose texts are others, and say nothing
            lacking = [each for each in lacking if each.key not in there.objects and each.key.kind is not Kind.COLUMN]
        else:
            alike = await settling.same(self.shadow, self.now, self.a.catalog, lacking)
            lacking = settling.real(lacking, alike)
        self.away = frozenset(each.key for each in lacking)
        return laid.left_out

    async def seen(self, stage: Stage) -> Pair:
        """Return both sides as they are compared, the first one as it is in the shadow now."""
        self.now = await stage.catalog()
        return narrowed(replace(self.a, catalog=self.now), self.b)

    async def rest(self, seen: Pair) -> list[Change]:
        """Return what still differs, and does so when both are loaded from their own texts. Raises as `prepare`."""
        found = [each for each in differing(seen.a, seen.b, seen.scope) if each.key not in self.away]
        return settling.real(found, await settling.same(self.shadow, self.now, self.b.catalog, found))


def differing(a: Catalog, b: Catalog, scope: Scope) -> list[Change]:
    """Return the changes between two catalogs, but for the order of columns and for what could not be read."""
    found = compare.compare(a, b, owners=scope.owners, grants=scope.grants, extension_versions=scope.extension_versions)
    return [each for each in found if each.action not in (Action.REORDER, Action.UNREAD)]


async def run(writer: Writer, texts: Sequence[str] | Collection[str]) -> None:
    """Run statements one by one. Raises StatementFailed and its kin."""
    for text in texts:
        await writer.execute(text)


def _database_alone(catalog: Catalog) -> Catalog:
    """Return a catalog of nothing but what is said of the database as a whole."""
    return replace(catalog, objects={each.key: each for each in catalog.of(Database)}, edges=(), locked={})
