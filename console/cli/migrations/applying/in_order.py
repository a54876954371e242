"""Applies to several targets: all are planned, proved and agreed to first, then one after the other is changed.

So a target that cannot be reached, or whose consent is refused, stops the run before any of them was touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from console.cli.call.options import Which
from console.cli.call.running import run
from console.cli.migrations import several
from console.cli.migrations.applying import steps
from console.cli.migrations.applying.course import Course
from console.cli.migrations.applying.wishing import Wishes
from console.cli.migrations.several import NOT_REACHED, Asked, Result, Turn
from console.cli.terminal import lines
from console.cli.terminal.telling import answer, tell
from console.errors import UsageError
from console.text import plural, sanitize

_FINE = 0


@dataclass(slots=True)
class _One:
    """One target of the run; its course is there once its turn to be prepared has come."""

    asked: Asked
    wishes: Wishes
    course: Course | None = None

    @property
    def name(self) -> str:
        return self.asked.name

    async def prepare(self) -> Course:
        self.course = Course.of(self.asked.project, self._own_wishes(), named=not self._shows)
        if self._shows:
            click.echo(f"{sanitize(self.name)}:")
        async with self.course.project.session("migrations", direct=True) as session:
            await steps.prepare(self.course, session)
            self.course.project = self.course.project.known(session.target)
        if self._shows:
            self.course.tell_result()
        return self.course

    async def carry_out(self) -> Course:
        assert self.course is not None
        if not self.wishes.how.as_json:
            tell(f"{sanitize(self.name)}:")
        async with self.course.project.session("migrations", direct=True) as session:
            await steps.look_again(self.course, session)
            await steps.carry_out(self.course, session)
        return self.course

    def _own_wishes(self) -> Wishes:
        how, first = self.wishes.how.only(self.name), self.wishes.first
        return replace(self.wishes, how=how, first=replace(first, confirm=how.confirm) if first is not None else None)

    @property
    def _shows(self) -> bool:
        """Whether it is only looked at, and what is seen goes to standard output."""
        return (self.wishes.how.dry_run or self.wishes.trial) and not self.wishes.how.as_json

    @property
    def agreed(self) -> bool:
        return self.course is not None and self.course.consent is not None

    @property
    def changed(self) -> bool:
        return self.course is not None and bool(self.course.progress.outcomes.found)


def apply(asked: Sequence[Asked], which: Which, wishes: Wishes) -> int:
    """Take all targets through their courses, tell what came of each, and return the gravest exit code."""
    if wishes.as_sql and len(asked) > 1:
        raise UsageError("--sql prints one script, for one target.", hint="Run it once for each of them.")
    ones = [_One(each, wishes) for each in asked]
    results = run(lambda: _in_order(ones, which))
    code = several.gravest({several.exit_code(each) for each in results})
    said = _summary(ones, results)
    if wishes.how.as_json:
        shape: dict[str, object] = {"summary": said, "targets": list(map(_shape, ones, results))}
        answer(shape, target=several.names(each.name for each in ones), ok=code == _FINE)
    else:
        _tell(ones, results)
        tell(said)
    return code


async def _in_order(ones: Sequence[_One], which: Which) -> list[Result[Course]]:
    turns = [Turn(one.name, one.prepare) for one in ones]
    prepared = await several.each(turns, keep_going=which.keep_going, told=several.tell_failure)
    if any(several.stops(each, keep_going=which.keep_going) for each in prepared):
        return [Result(one.name) if one.agreed else each for one, each in zip(ones, prepared, strict=True)]
    agreed = [one for one, each in zip(ones, prepared, strict=True) if one.agreed and each.error is None]
    turns = [Turn(one.name, one.carry_out) for one in agreed]
    done = await several.each(turns, keep_going=which.keep_going, told=several.tell_failure)
    by_place = dict(zip(map(id, agreed), done, strict=True))
    return [by_place.get(id(one), each) for one, each in zip(ones, prepared, strict=True)]


def _summary(ones: Sequence[_One], results: Sequence[Result[Course]]) -> str:
    good = sum(each.found is not None for each in results)
    failed = several.unread(results)
    wishes = ones[0].wishes
    done = "planned" if wishes.how.dry_run else "tried" if wishes.trial else "done"
    said = f"{good} of {plural(len(results), 'target')} {done}{f', {failed}' if failed else ''}"
    return said if not failed or any(one.changed for one in ones) else f"{said}; nothing was changed"


def _tell(ones: Sequence[_One], results: Sequence[Result[Course]]) -> None:
    """Say in a line for each target what became of it."""
    rows = [(lines.short(sanitize(one.name)), _became(one, each)) for one, each in zip(ones, results, strict=True)]
    for each, line in zip(results, lines.columns(rows), strict=True):
        tell((lines.BAD if each.error else lines.GOOD if each.reached else lines.ODD)(line))


def _became(one: _One, result: Result[Course]) -> str:
    if not result.reached:
        return NOT_REACHED
    if result.found is not None:
        return result.found.summary
    done = one.course.progress.outcomes.summary if one.course is not None and one.changed else ""
    return done or "failed before anything was changed"


def _shape(one: _One, result: Result[Course]) -> dict[str, object]:
    if result.found is not None:
        return several.shape(result, result.found.as_dict())
    return several.shape(result, one.course.so_far() if one.course is not None and result.reached else {})
