"""What is wrong with the indexes of a column, the statement that mends it, and the building of it with consent."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from console.cli.call.consenting import ask
from console.cli.terminal import lines
from console.cli.terminal.progress import Progress
from console.cli.vectors.parts import milliseconds, say
from console.errors import UsageError
from console.text import duration, plural, sanitize, size
from console.vectors.indexing import events
from console.vectors.indexing.building import build
from console.vectors.indexing.lints import Lint, lint
from console.vectors.indexing.lists import Lists, lists, rebuild
from console.vectors.indexing.proposing import Proposal, proposals
from console.vectors.metric import Metric
from console.vectors.search.operand import cast_for

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Asked, Form, Looked
    from console.config.profile import Target
    from console.db.session import Session
    from console.vectors.column import VectorColumn, VectorIndex

_LOOKING = 5.0  # seconds for each thing that the rows are read for
_TRYING = 3.0  # seconds for the lists of one index


@dataclass(frozen=True, slots=True)
class How:
    """What is asked for: of which metric and kind, whether it is to be built, and with whose word."""

    target: Target
    asked: Asked
    looked: Looked
    quiet: bool

    @property
    def metric(self) -> Metric | None:
        """The metric that was named."""
        return Metric(self.asked.metric) if self.asked.metric else None


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was noticed, what was proposed, and what was built."""

    column: VectorColumn
    lints: tuple[Lint, ...]
    proposals: tuple[Proposal, ...]
    built: events.Built | None

    @property
    def code(self) -> int:
        """1 where something is to be mended, and nothing was built."""
        return int(bool(self._mendable) and self.built is None)

    @property
    def _mendable(self) -> list[Lint]:
        """What a statement mends; the rest is to be known."""
        return [each for each in self.lints if each.remedy]

    @property
    def summary(self) -> str:
        """What was built, or how much there is to be mended."""
        if self.built is not None:
            name, seconds = sanitize(self.built.name), duration(self.built.seconds)
            return f"{name} is built, in {seconds}, {size(self.built.size)}"
        if self._mendable:
            return f"{self.column.label}: {plural(len(self._mendable), 'thing')} to mend"
        return f"{self.column.label}: nothing to mend"

    def as_dict(self) -> dict[str, object]:
        """Return the shape of docs/json.md."""
        built = self.built
        return {
            "lints": [{"id": each.id, "sentence": each.sentence, "remedy": each.remedy} for each in self.lints],
            "proposals": [_proposal(each) for each in self.proposals],
            "built": None
            if built is None
            else {"name": built.name, "took_ms": milliseconds(built.seconds), "bytes": built.size},
        }

    def print_it(self, form: Form) -> None:
        """Print what was noticed, and the statements."""
        first = self.proposals[:1]
        shown = {proposal.sql.strip() for proposal in first}
        for each in self.lints:
            mended = each.remedy.strip() in shown
            if mended and self.built is not None:
                continue
            say(lines.ODD if each.remedy else lines.Sign("–"), each.sentence)
            if not mended:
                _statements(each.remedy)
        for proposal in first if self.built is None else ():
            say(lines.WAITING, f"{proposal.sentence}: {proposal.reason}")
            for remark in proposal.remarks:
                lines.print_wrapped(sanitize(remark), indent=2)
            _statements(proposal.sql)
        say(lines.GOOD if not self.code else lines.ODD, self.summary)


async def indexed(session: Session, column: VectorColumn, how: How) -> Indexed:
    """Look at the indexes, propose one, and with --build build it.

    Raises UsageError where there is nothing to build, Refused without consent, what `build` raises.
    """
    patience = how.asked.timeout or _LOOKING
    noticed = await lint(session, column, timeout=patience)
    proposed = await _proposed(session, column, how)
    if not how.looked.build:
        return Indexed(column, noticed, proposed, None)
    if not proposed:
        raise UsageError(
            f"{column.label} has the index that would be built.",
            hint="--method or --metric asks for another one; --index tells whether there is something to mend.",
        )
    return Indexed(column, noticed, proposed, await _built(session, column, proposed[0], how))


async def _proposed(session: Session, column: VectorColumn, how: How) -> tuple[Proposal, ...]:
    """Return what could be built, the best first: an index of few rows again, else a new one."""
    flat = [each for each in column.indexes if each.method == "ivfflat" and each.valid]
    poor = [await rebuild(session, column, each) for each in flat if _stale(await _lists(session, column, each, how))]
    if poor and how.looked.method != "hnsw":
        return tuple(poor)
    found = await proposals(session, column, metric=how.metric)
    return tuple(each for each in found if _wanted(each, how.looked.method))


def _wanted(proposal: Proposal, method: str | None) -> bool:
    """Whether an index is of the method that was asked for, and none serves the same searches, now or once built."""
    same = [
        index.method
        for index in proposal.column.indexes
        if (index.valid or index.building is not None)
        and not index.predicate
        and (index.metric, index.kind) == (proposal.metric, proposal.kind)
    ]
    cast = cast_for(proposal.column, proposal.metric, proposal.column.dimensions)
    served = bool(same) or (cast is not None and not cast.index.predicate)
    return not served if method is None else proposal.method == method and method not in same


async def _lists(session: Session, column: VectorColumn, index: VectorIndex, how: How) -> Lists | None:
    return await lists(session, column, index, timeout=min(how.asked.timeout or _TRYING, _TRYING))


def _stale(found: Lists | None) -> bool:
    return found is not None and found.stale


async def _built(session: Session, column: VectorColumn, chosen: Proposal, how: How) -> events.Built:
    looked = how.looked
    said = [*map(sanitize, (chosen.reason, *chosen.remarks)), *sanitize(chosen.sql, lines=True).splitlines()]
    consent = ask(how.target, f"build an index of {column.label}", yes=looked.yes, confirm=looked.confirm, lines=said)
    progress, built = Progress(quiet=how.quiet), None
    try:
        async with aclosing(build(session, chosen, consent)) as steps:
            async for event in steps:
                match event:
                    case events.Started():
                        progress.line(f"  {sanitize(event.sql)}")
                    case events.Progressed():
                        progress.show(f"  {_far(event)}")
                    case events.Noticed():
                        progress.line(f"! {sanitize(event.sentence)}")
                    case events.Built():
                        built = event
    finally:
        progress.clear()
    assert built is not None
    return built


def _far(event: events.Progressed) -> str:
    share = "" if event.fraction is None else f"{event.fraction:.0%} "
    return f"{share}{event.phase} · {duration(event.seconds)}"


def _proposal(proposal: Proposal) -> dict[str, object]:
    return {
        "method": proposal.method,
        "metric": str(proposal.metric),
        "reason": proposal.reason,
        "remarks": list(proposal.remarks),
        "memory": proposal.memory,
        "sql": proposal.sql,
    }


def _statements(sql: str) -> None:
    for each in sanitize(sql, lines=True).splitlines():
        click.echo(f"    {each}")
