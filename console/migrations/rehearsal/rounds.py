"""One migration in the shadow: up, verify, down, compared with what was before, and up again for the next."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from console.catalog.model import Catalog, Extension
from console.errors import BadSql, ConnectionLost, ConsoleError, Interrupted
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers.ledger import Direction
from console.migrations.rehearsal.difference import differences
from console.migrations.rehearsal.events import Event, PartStarted
from console.migrations.rehearsal.refusing import refusal
from console.migrations.rehearsal.stage import Stage, named
from console.migrations.rehearsal.verdict import Part, Verdict
from console.migrations.script import parse
from console.migrations.verify import verify
from console.text import sanitize

_NO_SUCH_ROLE = "42704"
_NOT_THERE = frozenset({"42P01", "42883", "42704", "3F000", "42703"})
_NO_EXTENSION = frozenset({"0A000", "58P01"})  # since 15, and before


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what is rehearsed: what the shadow can and cannot do, decided before the first migration.

    `free_roles` says that nobody knows which roles there are: those that a script misses are made. `left_out` is what
    of the target is not in the shadow, in a sentence; `serving` says which shadow would have an extension.
    """

    available: frozenset[str]
    shared: bool
    free_roles: bool
    left_out: str
    serving: Callable[[str], str]


@dataclass(slots=True)
class Round:
    """A migration that is being rehearsed; `after` is what is there then, None when nothing can follow it."""

    stage: Stage
    folder: Folder
    migration: Migration
    conditions: Conditions
    before: Catalog
    tell: Callable[[Event], None]
    number: int
    total: int
    verdict: Verdict = field(init=False)
    after: Catalog | None = None
    made_roles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.verdict = blank(self.migration)

    async def run(self) -> None:
        """Try everything that there is to try, and tell what happens.

        What fails is in the verdict. Raises ConnectionLost, Interrupted.
        """
        began = time.perf_counter()
        if not self._refused():
            await self._parts()
        self._note(seconds=time.perf_counter() - began)

    async def _parts(self) -> None:
        await self._script(Part.UP, Direction.UP)
        if not self.verdict.up:
            return
        if self.migration.verify is not None:
            await self._verify()
        if self.migration.down is None:
            self._note(reason="It has no down file, so there is no way back to prove.")
        else:
            await self._there_and_back()
        if self._goes_on():
            self.after = await self.stage.catalog()

    async def _there_and_back(self) -> None:
        await self._script(Part.DOWN, Direction.DOWN)
        if not self.verdict.down:
            return
        self._started(Part.EQUAL)
        found = differences(self.before, await self.stage.catalog())
        self._note(equal=not found, difference=found)
        await self._script(Part.AGAIN, Direction.UP)

    async def _script(self, part: Part, direction: Direction) -> None:
        """Run a script and note whether it went through; what stands in the way for lack of a role is tried again."""
        self._started(part)
        while True:
            try:
                await self.stage.run(self.migration, direction, self.tell)
            except (ConnectionLost, Interrupted):
                raise
            except ConsoleError as error:
                if await self._role_made(error):
                    continue
                self._failed(part, error)
            else:
                self._note(**{part.value: True})
            return

    async def _verify(self) -> None:
        self._started(Part.VERIFY)
        found = await verify(self.stage.session, replace(self.folder, migrations=(self.migration,)))
        self._note(verify=not found.failed, checks=tuple(check for check in found.checks if not check.ok))

    async def _role_made(self, error: ConsoleError) -> bool:
        """Make a role that belongs to a server nobody has seen; tell whether there was one to make."""
        if not self.conditions.free_roles or error.sqlstate != _NO_SUCH_ROLE:
            return False
        name = role_of(error.title)
        made = await self.stage.make_roles([name]) if name else ()
        self.made_roles += made
        return bool(made)

    def _refused(self) -> bool:
        try:
            reason = self.migration.unsupported or refusal(self.migration, shared=self.conditions.shared)
        except BadSql as error:
            self._note(up=False, error=error)
            return True
        self._note(reason=sanitize(reason))
        return bool(reason)

    def _failed(self, part: Part, error: ConsoleError) -> None:
        reason = self._lacking(error) if part is Part.UP else ""
        if reason:
            self._note(reason=reason)
        else:
            self._note(**{part.value: False}, error=error)

    def _lacking(self, error: ConsoleError) -> str:
        """Return why a script that failed may run elsewhere, as a sentence; empty when the shadow is not to blame."""
        lacked = sorted(named([self.migration]) - self.conditions.available)
        if error.sqlstate in _NO_EXTENSION and lacked:
            return f"It needs {' and '.join(map(sanitize, lacked))}. {self.conditions.serving(lacked[0])}"
        if error.sqlstate in _NOT_THERE and self.conditions.left_out:
            return f"{error.title} {self.conditions.left_out}"
        return ""

    def _goes_on(self) -> bool:
        """Tell whether what is there now is what up makes: a failed down in one transaction has left nothing."""
        if self.verdict.again is False:
            return False
        if self.verdict.down is False:
            assert self.migration.down is not None
            return _in_one(self.migration)
        return True

    def _started(self, part: Part) -> None:
        self.tell(PartStarted(self.migration.label, part, self.number, self.total))

    def _note(self, **said: object) -> None:
        self.verdict = replace(self.verdict, **said)  # type: ignore[arg-type]


def blank(migration: Migration, reason: str = "") -> Verdict:
    """Return the verdict on a migration of which nothing was tried."""
    return Verdict(migration.version, migration.name, sanitize(migration.label), reason=reason)


def extensions(catalog: Catalog) -> frozenset[str]:
    """Return the extensions that are installed."""
    return frozenset(each.key.name for each in catalog.of(Extension))


def _in_one(migration: Migration) -> bool:
    """Tell whether the down file runs in one transaction; one that cannot even be read has not run at all."""
    assert migration.down is not None
    try:
        return parse(migration.down).transaction
    except ConsoleError:
        return True


def role_of(sentence: str) -> str:
    """Return the role that a server misses by its own words.

    >>> role_of('Running statement 1 failed: role "app" does not exist.')
    'app'
    """
    _, found, rest = sentence.partition('role "')
    return rest.rpartition('" does not exist')[0] if found else ""
