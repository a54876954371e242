"""Which migrations are in which state, and what would run in which order: decided without a server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.errors import Refused, UsageError
from console.migrations.files import own_tool
from console.migrations.files.folder import Folder, Key, Migration, Order, Ordering, Script
from console.migrations.ledgers.ledger import Applied, Direction, Recorded, Unfinished
from console.migrations.states import Standing, State, standings
from console.text import plural


@dataclass(frozen=True, slots=True)
class Step:
    """One script to run.

    `resume` is where an earlier run of it stopped half-way, outside a transaction. `recorded_as` is the version as the
    ledger spells it, where it holds the migration: `1` for a file that is called 0001 now.
    """

    migration: Migration
    direction: Direction
    resume: Unfinished | None = None
    recorded_as: str | None = None

    @property
    def script(self) -> Script:
        """The script that runs. Raises Refused when there is none."""
        script = self.migration.up if self.direction is Direction.UP else self.migration.down
        if script is None:
            raise _no_down(self.migration.label, self.migration.version)
        return script


@dataclass(frozen=True, slots=True)
class Plan:
    """What would run, in order. `warnings` are sentences about what is odd and does not stand in the way.

    `order` is how the folder compares versions.
    """

    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    order: Ordering = Order.NUMBER

    @property
    def summary(self) -> str:
        """What the plan does, in a sentence."""
        ups = sum(step.direction is Direction.UP for step in self.steps)
        downs = len(self.steps) - ups
        parts = [plural(downs, "migration") + " to roll back"] if downs else []
        parts += [plural(ups, "migration") + " to apply"] if ups else []
        return ", ".join(parts) or "nothing to do"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `up --dry-run` and `down --dry-run`."""
        return {
            "summary": self.summary,
            "warnings": list(self.warnings),
            "migrations": [
                {
                    "version": step.migration.version,
                    "name": step.migration.name,
                    "direction": step.direction.value,
                    "outcome": "planned",
                }
                for step in self.steps
            ],
        }


_TO_RUN = (State.PENDING, State.OUT_OF_ORDER, State.FAILED, State.RUNNING, State.UNSUPPORTED)


def up(folder: Folder, recorded: Recorded, *, to: str | None = None, out_of_order: bool = False) -> Plan:
    """Return the plan that applies what is not applied, up to and including version `to`.

    What cannot be run here ends it. Raises UsageError when there is no version `to`, and Refused when a migration
    stands below the newest applied one (unless `out_of_order`), a rollback has stopped half-way, a tool has marked one
    as failed, the very next one cannot be run here, or its own tool alone runs the folder.
    """
    own_tool.must_run_here(folder.tool, "up")
    last = None if to is None else folder.order.key(_known(folder, to).version)
    found = standings(folder, recorded)
    _refuse_marked(found)
    _refuse_half_way(found, Direction.UP)
    wanted = [
        standing
        for standing in found
        if standing.migration is not None
        and standing.state in _TO_RUN
        and (last is None or folder.order.key(standing.version) <= last)
    ]
    wanted, stop = _until_unsupported(wanted)
    if not out_of_order:
        _refuse_out_of_order(wanted)
    steps = tuple(_step(standing, Direction.UP) for standing in wanted)
    return Plan(steps, (*_warnings(found), *stop), folder.order)


def down(
    folder: Folder,
    recorded: Recorded,
    *,
    steps: int = 1,
    to: str | None = None,
    batch: bool = False,
    everything: bool = False,
) -> Plan:
    """Return the plan that rolls back, newest application first.

    One of: the last `steps`; all that came after version `to`, which stays applied (`0` is everything); the last
    `batch`; `everything`. Raises UsageError for a number or version that makes no sense, and Refused, before anything
    runs, when one of them has no down file or its file is gone.
    """
    own_tool.must_run_here(folder.tool, "down")
    if steps < 1:
        raise UsageError(f"{steps} is no number of migrations to roll back.", hint="--steps takes 1 or more.")
    found = standings(folder, recorded)
    _refuse_marked(found)
    _refuse_half_way(found, Direction.DOWN)
    by_key = {folder.order.key(standing.applied.version): standing for standing in found if standing.applied}
    newest_first = _newest_first(folder, recorded, by_key)
    if everything:
        chosen: Sequence[Applied] = newest_first
    elif to is not None:
        chosen = _after(folder, newest_first, to)
    elif batch:
        chosen = _last_batch(newest_first)
    else:
        chosen = newest_first[:steps]
    standing = [by_key[folder.order.key(applied.version)] for applied in chosen]
    return Plan(tuple(_rollback(each, folder) for each in standing), _warnings(standing), folder.order)


def redo(folder: Folder, recorded: Recorded) -> Plan:
    """Return the plan that rolls back the migration applied last and applies it again. Raises as `down` does."""
    own_tool.must_run_here(folder.tool, "redo")
    back = down(folder, recorded)
    again = tuple(Step(step.migration, Direction.UP) for step in back.steps)
    return Plan(back.steps + again, back.warnings, back.order)


def _known(folder: Folder, version: str) -> Migration:
    migration = folder.find(version)
    if migration is None:
        known = ", ".join(each.version for each in folder.migrations[-5:])
        raise UsageError(f"There is no migration {version}.", hint=f"The newest versions in the folder: {known}.")
    return migration


def _step(standing: Standing, direction: Direction) -> Step:
    assert standing.migration is not None
    recorded_as = standing.applied.version if standing.applied else None
    return Step(standing.migration, direction, standing.unfinished, recorded_as)


def _newest_first(folder: Folder, recorded: Recorded, by_key: Mapping[Key, Standing]) -> list[Applied]:
    """Return what can be rolled back at all: a repeatable migration is only ever run again."""

    def repeatable(applied: Applied) -> bool:
        migration = by_key[folder.order.key(applied.version)].migration
        return migration is not None and migration.repeatable

    found = [applied for applied in recorded.applied if not repeatable(applied)]
    return sorted(found, key=lambda applied: applied.position, reverse=True)


def _rollback(standing: Standing, folder: Folder) -> Step:
    if standing.migration is None:
        raise Refused(
            f"{standing.label} cannot be rolled back: its files are not in the folder any more.",
            detail="Nothing has been rolled back.",
            hint="Take the files from the version control of the project, or roll back from a checkout that has them.",
        )
    if standing.migration.down is None:
        raise _no_down(standing.label, standing.version, folder.format)
    if standing.migration.unsupported:
        raise Refused(
            f"{standing.label} cannot be rolled back here. {standing.migration.unsupported}",
            detail="Nothing has been rolled back.",
            hint="Roll it back with the project's own tool.",
        )
    return _step(standing, Direction.DOWN)


def _no_down(label: str, version: str, format: str = "dbconsole") -> Refused:
    way = _WAYS_BACK.get(format, "Write {label}.down.sql").format(label=label)
    return Refused(
        f"{label} cannot be rolled back: it has no down file.",
        detail="Nothing has been rolled back.",
        hint=f"{way}, or roll back only what came after it: down --to {version}",
    )


_NO_WAY_BACK = "The format has none: undo it with a new migration"
_WAYS_BACK = {
    "dbmate": "Write what belongs below -- migrate:down",
    "goose": "Write what belongs below -- +goose Down",
    "diesel": "Write the down.sql in its folder",
    "node-pg-migrate": "Write what belongs below -- Down Migration",
    "sqlx": "Write {label}.down.sql, and call the other {label}.up.sql",
    "flyway": "Write an undo migration, U instead of V",
    "supabase": _NO_WAY_BACK,
    "prisma": _NO_WAY_BACK,
    "drizzle": _NO_WAY_BACK,
}


def _after(folder: Folder, newest_first: Sequence[Applied], to: str) -> Sequence[Applied]:
    wanted = folder.order.key(to)
    if wanted == folder.order.key("0"):
        return newest_first
    for index, applied in enumerate(newest_first):
        if folder.order.key(applied.version) == wanted:
            return newest_first[:index]
    known = ", ".join(applied.version for applied in newest_first[:5]) or "nothing is applied"
    raise UsageError(
        f"{to} is not applied, so nothing can be rolled back to it.", hint=f"Applied, newest first: {known}."
    )


def _last_batch(newest_first: Sequence[Applied]) -> Sequence[Applied]:
    if not newest_first:
        return ()
    last = newest_first[0].batch
    if last is None:
        raise Refused("This ledger keeps no batches.", hint="Say how many with --steps, or how far with --to.")
    return [applied for applied in newest_first if applied.batch == last]


def _refuse_out_of_order(wanted: Iterable[Standing]) -> None:
    late = [standing.label for standing in wanted if standing.state is State.OUT_OF_ORDER]
    if late:
        raise Refused(
            f"{', '.join(late)} would be applied out of order: newer migrations are applied already.",
            detail="Nothing has been applied.",
            hint="Give the file a new number, or say --out-of-order if its place does not matter.",
        )


def _until_unsupported(wanted: list[Standing]) -> tuple[list[Standing], tuple[str, ...]]:
    """Return what comes before the first migration that cannot be run here, and a sentence about that one."""
    for index, standing in enumerate(wanted):
        if standing.state is not State.UNSUPPORTED:
            continue
        if index == 0:
            raise Refused(
                f"{standing.label} is next, and cannot be run here.",
                detail=f"{standing.reason} Nothing has been applied.",
                hint=f"Then: dbconsole adopt --to {standing.version}",
            )
        left = len(wanted) - index
        return wanted[:index], (f"{standing.label} stops it here, with {left} to come: {standing.reason}",)
    return wanted, ()


def _refuse_marked(found: Iterable[Standing]) -> None:
    for standing in found:
        if standing.dirty is not None and standing.unfinished is None:
            raise Refused(
                f"{standing.label} is marked as failed in the ledger.",
                detail=f"{standing.dirty.reason} Nothing has been done.",
                hint="Look what is there. dbconsole repair takes the mark away; adopt --to"
                f" {standing.version} records it as applied.",
            )


def _refuse_half_way(found: Iterable[Standing], direction: Direction) -> None:
    for standing in found:
        stopped = standing.unfinished
        if stopped is not None and stopped.direction is not direction:
            raise Refused(
                f"{standing.label} stopped half-way: {stopped.done} of {stopped.total} statements of its"
                f" {stopped.direction} file are done.",
                detail=stopped.error or "Nothing else has run.",
                hint=f"Finish it first: dbconsole {stopped.direction} goes on where it stopped.",
            )


def _warnings(found: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(f"{standing.label}: {standing.reason}" for standing in found if standing.state in _ODD)


_ODD = (State.EDITED, State.MISSING, State.RENAMED)
