"""A drift as Markdown, in the manner of the synchronisation report: what is missing, what differs, what is besides."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.catalog.compare import Action, Change
from console.catalog.markdown import COLUMN_HEAD, column_cells
from console.catalog.marks import bullets, code, plain, table
from console.catalog.model import Column, Key, Kind, Object
from console.drift.drift import Drift
from console.migrations.hazards.hazard import Hazard, Severity
from console.migrations.rehearsal.difference import told
from console.migrations.report.sections.phases import short
from console.migrations.report.sections.saying import counted, grouped, kind, listed, named
from console.text import plural, sanitize

_STAYS = (Action.ALTER, Action.RENAME)


def render(found: Drift) -> str:
    """Return the whole of it. Names and texts of the sides are sanitised and inert."""
    return "\n\n".join(block for block in _Page(found).blocks() if block) + "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    found: Drift

    def blocks(self) -> Iterator[str]:
        a, b = (code(sanitize(each.label)) for each in (self.found.a, self.found.b))
        yield f"# What differs: {a} → {b}"
        yield f"{plain(self.found.summary)}."
        yield "## Missing components"
        yield from self._missing(a, b)
        yield "## Different"
        yield bullets(self._different()) or "None."
        yield "## Besides"
        gone = [each.key for each in self._of(Action.DROP)]
        yield f"What {a} has and {b} has not:\n\n{bullets(listed(grouped(gone)))}" if gone else "None."
        yield from self._rest()

    def _of(self, *actions: Action) -> list[Change]:
        return [each for each in self.found.changes if each.action in actions]

    def _missing(self, a: str, b: str) -> Iterator[str]:
        made = self._of(Action.CREATE)
        if not made:
            yield "None."
            return
        kinds = grouped(each.key for each in made)
        yield f"What {b} has and {a} has not:\n\n{bullets(listed(kinds))}"
        by_key = {each.key: each for each in made}
        for each, keys in kinds.items():
            yield from _columns(keys, by_key) if each is Kind.COLUMN else _objects(each, keys, by_key)

    def _different(self) -> Iterator[str]:
        for difference in told(self._of(*_STAYS)):
            said = "; ".join(each.sentence for each in difference.attributes)
            yield f"{difference.kind} {code(difference.name)}{f': {plain(said)}' if said else ''}"

    def _rest(self) -> Iterator[str]:
        found = self.found
        grave = dict.fromkeys(each for some in found.hazards for each in some if each.severity > Severity.INFO)
        if grave:
            yield "## What to look out for"
            yield bullets(_hazard(each) for each in grave)
        unseen = [
            *(f"{each.key.kind} {named(each.key)}: {plain(each.reason)}" for each in found.unhandled),
            *(f"{plain(each.what)}: {plain(each.reason)}" for each in found.left_out),
            *(f"{plain(each.sentence)}" for each in found.proof.rest),
        ]
        if unseen:
            yield "## Not compared, or not proved"
            yield bullets(unseen)
        if found.notes:
            yield "## Notes"
            yield bullets(map(plain, found.notes))
        if found.plan.statements:
            yield "## Next steps"
            yield bullets(self._steps())

    def _steps(self) -> Iterator[str]:
        words = " ".join(_word(each.label) for each in (self.found.a, self.found.b))
        number = plural(len(self.found.plan.statements), "statement")
        yield f"{code(f'dbconsole drift {words} --sql')} prints the {number} that turn the one into the other."
        yield f"{code(f'dbconsole drift {words} --write NAME')} saves them as a migration, with the way back."


def _columns(keys: Sequence[Key], changes: Mapping[Key, Change]) -> Iterator[str]:
    """Yield a table of columns for each relation that lacks some."""
    for schema, parent in sorted({(key.schema, key.parent) for key in keys}):
        found = [changes[key].after for key in keys if (key.schema, key.parent) == (schema, parent)]
        columns = [each for each in found if isinstance(each, Column)]
        relation = named(Key(Kind.TABLE, schema, parent))
        yield f"### {plural(len(columns), 'column')} of {relation}"
        yield table(COLUMN_HEAD, [column_cells(each) for each in columns])


def _objects(which: Kind, keys: Collection[Key], changes: Mapping[Key, Change]) -> Iterator[str]:
    yield f"### {counted(len(keys), which)}"
    head = (kind(next(iter(keys))).capitalize(), "In short", "Comment")
    rows = [_cells(key, changes[key].after) for key in keys]
    filled = [place for place in range(len(head)) if not place or any(row[place] for row in rows)]
    yield table([head[place] for place in filled], [[row[place] for place in filled] for row in rows])


def _cells(key: Key, made: Object | Column | None) -> tuple[str, str, str]:
    return named(key), short(made), plain((made.comment if made is not None else None) or "")


def _hazard(found: Hazard) -> str:
    return f"{plain(found.sentence)}{f' → {plain(found.advice)}' if found.advice else ''}"


def _word(label: str) -> str:
    return shlex.quote(sanitize(label))
