"""`dbconsole embed`: makes the embeddings that are missing in a column, counted first, batch by batch."""

from __future__ import annotations

import time
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.call.invocation import current
from console.cli.terminal.progress import Progress
from console.cli.terminal.telling import answer, tell
from console.cli.vectors.parts import identity
from console.errors import UsageError
from console.text import duration, plural, sanitize

if TYPE_CHECKING:
    from console.db.session import Session
    from console.vectors.column import VectorColumn
    from console.vectors.embedders.choosing import Chosen
    from console.vectors.filling.counting import Missing
    from console.vectors.filling.declared import Declared
    from console.vectors.filling.filling import Filled

_RARELY = 30.0  # seconds between two lines where no line can be written over


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was said: the texts, the embedder, how many rows at once, only to look, and the consent."""

    texts: tuple[str, ...]
    embedder: str | None
    batch: int | None
    dry_run: bool
    yes: bool
    confirm: str | None


@dataclass(slots=True)
class _Done:
    """What came of it."""

    declared: Declared
    chosen: Chosen
    missing: Missing
    filled: Filled | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        if self.filled is None:
            return self.missing.sentence
        made = f"{plural(self.filled.rows, 'embedding')} of {self.declared.label} made by {self.chosen.embedder.name}"
        without = self.filled.failed + self.filled.left
        return made + (f", {plural(without, 'row')} got none" if without else "")

    @property
    def code(self) -> int:
        """The exit code: 1 where rows that were to have one have none."""
        return int(self.filled is not None and bool(self.filled.failed or self.filled.left))

    def as_dict(self) -> dict[str, object]:
        missing, embedder = self.missing, self.chosen.embedder
        refused = self.filled.refused if self.filled else ()
        return {
            "summary": self.summary,
            "column": self.declared.name,
            "from": list(self.declared.text),
            "embedder": {"name": embedder.name, "reason": self.chosen.reason, "notice": embedder.notice},
            "missing": {
                "rows": missing.rows,
                "without_text": missing.without_text,
                "tokens": missing.tokens,
                "cost": missing.cost,
                "estimated": missing.sampled,
            },
            "filled": self.filled.rows if self.filled else 0,
            "failed": self.filled.failed if self.filled else 0,
            "left": self.filled.left if self.filled else 0,
            "refused": [{"id": identity(each.key), "error": each.sentence} for each in refused],
            "remarks": self.remarks,
        }


@click.command()
@options.words_and("TABLE.COLUMN")
@click.option("--from", "texts", metavar="TEXT_COLUMN", multiple=True, help="A text it stands for; may be repeated.")
@click.option("--embedder", metavar="E", help="wordllama, hashing, openai:MODEL, ollama:MODEL or URL#MODEL.")
@click.option("--batch", type=click.IntRange(1, 10_000), metavar="N", help="Rows in a transaction.")
@options.dry_run
@options.yes
@options.confirm
@options.as_json
def embed(
    words: tuple[str, ...],
    texts: tuple[str, ...],
    embedder: str | None,
    batch: int | None,
    dry_run: bool,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Make the embeddings that are missing in a column, from the texts beside it.

    Rows and cost are counted first. Each batch is a transaction of its own: what was made stays, and doing it again
    goes on. Without --from the texts are those that the profile or the folder's embeddings.toml names.
    """
    from console.cli.call.running import run
    from console.cli.call.targeting import opened, resolve, sort_words

    sorted_words = sort_words(words, at_most=1)
    if not sorted_words.rest:
        raise UsageError(
            "Which column is to be filled was not said.", hint="dbconsole search TARGET lists columns of vectors."
        )
    target = resolve(sorted_words.target, writes=True)
    wish = _Wish(texts, embedder, batch, dry_run, yes, confirm)
    progress = Progress(quiet=as_json)

    async def work() -> _Done:
        async with opened(target, "embed") as session:
            return await _work(session, sorted_words.rest[0], wish, progress)

    done = run(work)
    code = done.code
    if as_json:
        answer(done.as_dict(), target=target.name, ok=code == 0)
        return code
    for remark in done.remarks:
        tell(f"! {remark}", style="yellow")
    if done.filled is not None:
        tell(f"{'!' if code else '✓'} {done.summary}")
    return code


async def _work(session: Session, name: str, wish: _Wish, progress: Progress) -> _Done:
    from console.vectors.embedders import choosing
    from console.vectors.filling import counting
    from console.vectors.finding import find_one

    column = await find_one(session, name)
    chosen = choosing.choose(
        session.target,
        column,
        wanted=wish.embedder,
        env_name=current().env_name,
        say=lambda said: progress.line(f"  {said}"),
    )
    try:
        declared = await _declared(session, column, wish.texts)
        done = _Done(declared, chosen, await counting.count(session, declared, chosen.embedder))
        for line in _lines(done):
            tell(f"  {line}")
        if done.missing.rows and not wish.dry_run:
            await _fill(session, done, wish, progress)
        return done
    finally:
        await chosen.embedder.close()


async def _fill(session: Session, done: _Done, wish: _Wish, progress: Progress) -> None:
    from console.cli.call.consenting import ask
    from console.vectors.filling.filling import fill

    consent = ask(session.target, f"make {plural(done.missing.rows, 'embedding')}", yes=wish.yes, confirm=wish.confirm)
    filling = fill(
        session, [done.declared], done.chosen.embedder, consent, batch=wish.batch, of=done.missing.rows, mix=False
    )
    told = began = time.monotonic()
    async with aclosing(filling) as events:
        async for done.filled in events:
            far = _far(done.filled, time.monotonic() - began)
            progress.over(f"  {far}")
            if time.monotonic() - told > _RARELY:
                told = time.monotonic()
                progress.line(f"  {far}")
    progress.clear()
    if done.filled is not None:
        done.remarks += map(sanitize, done.filled.remarks)


async def _declared(session: Session, column: VectorColumn, texts: tuple[str, ...]) -> Declared:
    """Return which texts a column stands for: as was said, as the profile or the project's folder says."""
    from console.config import embedder
    from console.vectors.filling import declared
    from console.vectors.search.fulltext import texts_there

    if texts:
        return declared.of(column, texts)
    profile = session.target.profile
    named = embedder.of_column(profile.embedders, column.schema, column.table, column.name) if profile else None
    if named is not None and named.text:
        return declared.of(column, named.text)
    found = next((each for each in _of_the_folder(session) if each.name == column.full_name), None)
    if found is not None:
        return found
    known = ", ".join(map(sanitize, (await texts_there(session, column))[:10])) or "none"
    raise UsageError(
        f"Which text {column.label} stands for was not said.", hint=f"Say --from COLUMN. Its texts are: {known}."
    )


def _of_the_folder(session: Session) -> tuple[Declared, ...]:
    """Return what the project's folder of migrations declares, nothing where there is no folder."""
    from console.migrations.files import locate
    from console.vectors.filling import declared

    with suppress(UsageError):
        return declared.read(locate.folder(session.target, None, Path.cwd()))
    return ()


def _lines(done: _Done) -> list[str]:
    embedder = done.chosen.embedder
    return [
        f"{done.declared.label} from {sanitize(', '.join(done.declared.text))}"
        + (f", where {done.declared.only}" if done.declared.only else ""),
        f"by {embedder.name}: {sanitize(done.chosen.reason)}",
        *([embedder.notice] if embedder.notice else []),
        done.missing.sentence,
    ]


def _far(filled: Filled, seconds: float) -> str:
    done = filled.rows + filled.failed + filled.left
    of = f" of {filled.of:,}" if filled.of >= done else ""
    left = (filled.of - done) * seconds / done if done and filled.of > done else 0.0
    rest = f" · about {duration(left)} left" if left > 1 else ""
    return f"{done:,}{of} rows{rest}"
