"""The verb `query`: runs one statement and prints its rows as they come, in bounded memory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.rows import charting
from console.cli.rows.charting import LIKELIEST, ChartCommand
from console.dashboards.definition import Kind

if TYPE_CHECKING:
    from console.cli.rows.printing import DocumentPrinter, Printer
    from console.config.profile import Target
    from console.db.guard import Consent
    from console.sql.statements import Statement

_CHART = f"Draw what it gives; KIND is {', '.join(Kind)}."
_FORMS = ("table", "csv", "json", "ndjson", "markdown")


@click.command(cls=ChartCommand)
@options.words_and("SQL")
@click.option(
    "--format", "form", type=click.Choice(_FORMS), default="table", show_default=True, help="How rows are written."
)
@click.option("-f", "--file", "file", type=click.Path(path_type=Path), metavar="FILE", help="Read the SQL from a file.")
@click.option("--timeout", type=float, default=0, metavar="SECONDS", help="Give up after so long; without it never.")
@click.option("--write", is_flag=True, help="Let it write, in one transaction that is committed at the end.")
@click.option("--allow-functions", is_flag=True, help="Call the database's own functions, though they may write.")
@click.option(
    "--chart", "kind", type=click.Choice((LIKELIEST, *(each.value for each in Kind))), metavar="[KIND]", help=_CHART
)
@click.option("--save", metavar="NAME", help="Save the chart as a dashboard of your own.")
@options.yes
@options.confirm
@options.as_json
def query(
    words: tuple[str, ...],
    form: str,
    file: Path | None,
    timeout: float,
    write: bool,
    allow_functions: bool,
    kind: str | None,
    save: str | None,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Run SQL and print its rows. It only reads, unless --write is said; `-` reads the SQL from standard input.

    A table shows NULL, '' for an empty text, and 'NULL' for a text of these letters; CSV writes NULL as nothing
    and an empty text as "".
    """
    from console.cli.call.consenting import ask
    from console.cli.call.running import run
    from console.cli.call.targeting import resolve, sort_words
    from console.cli.rows.printing import DocumentPrinter, Printer, form_named

    sorted_words = sort_words(words, at_most=0 if file else 1)
    sql = _sql(sorted_words.rest, file)
    target = resolve(sorted_words.target, writes=write)
    if kind or save is not None:
        _must_only_read(write or allow_functions, form)
        typed = sorted_words.target
        return charting.chart(target, sql, kind or LIKELIEST, save, timeout, word=typed, as_json=as_json)
    out = DocumentPrinter(target.name) if as_json else Printer(form_named(form))
    if write:
        return _write(target, sql, out, ask(target, "run SQL that may write", yes=yes, confirm=confirm))
    agreed = _agreed(target, confirm, allow_functions=allow_functions)
    return run(lambda: _read(target, sql, out, timeout, allow_functions=agreed))


def _must_only_read(is_more: bool, form: str) -> None:
    """Raise UsageError for what a chart has no use of."""
    from console.errors import UsageError

    if is_more:
        raise UsageError("A chart only reads: --write and --allow-functions do not go with it.")
    if form != "table":
        raise UsageError("A chart has no rows to write: --format does not go with it.", hint="--json has its rows.")


def _sql(rest: tuple[str, ...], file: Path | None) -> str:
    """Return the SQL from the words, from a file, or from standard input. Raises UsageError."""
    from console.errors import UsageError

    if file is not None:
        try:
            return file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{file} cannot be read: {error}.") from error
    if not rest:
        raise UsageError(
            "There is no SQL to run.", hint="Give it as the last word, or with -f FILE; - reads it from standard input."
        )
    return sys.stdin.read() if rest[0] == "-" else rest[0]


def _agreed(target: Target, confirm: str | None, *, allow_functions: bool) -> bool:
    """Return whether a person agreed to call functions that may write; on production only its name says so."""
    from console.config.profile import Guard

    named = confirm is not None and confirm == target.name
    return named or (allow_functions and target.guard is not Guard.PRODUCTION)


async def _read(
    target: Target, sql: str, out: Printer | DocumentPrinter, timeout: float, *, allow_functions: bool
) -> int:
    import contextlib

    from console.cli.call.targeting import opened
    from console.db.admission import admit

    _refuse_copy(sql)
    async with opened(target, "query") as session:
        await admit(session, sql, allow_functions=allow_functions)
        # Whoever reads our output may leave before its end.
        async with contextlib.aclosing(session.stream(sql, timeout=timeout)) as parts:
            return await out.stream(parts)


def _refuse_copy(sql: str) -> None:
    from console.errors import UsageError
    from console.sql import statements

    if statements.one(sql).kind == "CopyStmt":
        raise UsageError("COPY is not run here.", hint="Write the SELECT, and say --format csv.")


def _write(target: Target, sql: str, out: Printer | DocumentPrinter, word: Consent) -> int:
    """Run all statements in one transaction; one that cannot be in a transaction is run by itself."""
    from console.cli.call.running import run
    from console.cli.call.targeting import opened

    found = _writable(sql)

    async def write() -> int:
        async with opened(target, "query", direct=True) as session:
            way = session.writing if _transactional(found) else session.alone
            async with way(word, doing="running it") as writer:
                for statement in found:
                    out.executed(await writer.execute(statement.text))
        return 0

    code = run(write)
    out.finish()
    return code


def _writable(sql: str) -> tuple[Statement, ...]:
    """Return the statements of a text. Raises UsageError for none, and for those that end a transaction of ours."""
    from console.errors import UsageError
    from console.sql import classify, statements

    found = statements.split(sql)
    if not found:
        raise UsageError("There is no statement in this text.", hint="Write at least one SQL statement.")
    for statement in found:
        if classify.effect(statement) is classify.Effect.TRANSACTION:
            raise UsageError(
                f"Line {statement.line}: all statements run in one transaction, which is committed at the end.",
                hint="Leave BEGIN, COMMIT and their like out.",
            )
    return found


def _transactional(found: tuple[Statement, ...]) -> bool:
    """Return whether the statements can be in a transaction. Raises UsageError where only some of them can."""
    from console.errors import UsageError
    from console.sql import classify

    outside = [statement for statement in found if not classify.transactional(statement)]
    if outside and len(found) > 1:
        raise UsageError(
            f"Line {outside[0].line}: this statement cannot be in a transaction with others.", hint="Run it by itself."
        )
    return not outside
