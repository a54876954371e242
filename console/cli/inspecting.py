"""The verb `inspect`: the catalog of a database as text, JSON, Markdown or DDL."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.terminal.streams import on_terminal
from console.cli.terminal.telling import document, tell
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.catalog.model import Catalog, Key

_FORMS = ("text", "json", "markdown")
_EVERYTHING = ""
_DDL_HELP = "Statements that make everything again, or OBJECT: name, schema.name, function(types)."


@click.command()
@options.words
@click.option(
    "--format", "form", type=click.Choice(_FORMS), default="text", show_default=True, help="How it is written."
)
@click.option("--ddl", is_flag=False, flag_value=_EVERYTHING, default=None, metavar="[OBJECT]", help=_DDL_HELP)
@click.option("--schema", metavar="NAME", help="Only this schema.")
@options.as_json
def inspect(words: tuple[str, ...], form: str, ddl: str | None, schema: str | None, as_json: bool) -> int:
    """Print the catalog of TARGET: every object of the database, without its data.

    With --ddl, statements that make everything (or one OBJECT) again, runnable by psql -v ON_ERROR_STOP=1 -f.
    """
    target, wanted = _sorted(words, ddl)
    catalog, provider, name = _read(target, schema)
    as_json = as_json or form == "json"
    if wanted is not None:
        return _print_ddl(catalog, wanted, name, as_json=as_json)
    if as_json:
        return _print_json(catalog, name)
    _print_text(catalog, form, provider, folded=schema is None)
    return _code(catalog, catalog.objects)


def _sorted(words: tuple[str, ...], ddl: str | None) -> tuple[str | None, str | None]:
    """Tell the target from the object: after a --ddl that has taken the target for one, it is still the target."""
    from console.cli.call.targeting import sort_words

    target = sort_words(words, at_most=0).target
    if ddl and target is None and (taken := sort_words((ddl,), at_most=1).target) is not None:
        return taken, _EVERYTHING
    return target, ddl


def _read(word: str | None, schema: str | None) -> tuple[Catalog, str, str]:
    """Return the catalog, the provider and what the target is called."""
    from console.catalog import choosing, reader
    from console.cli.call.running import run
    from console.cli.call.targeting import opened, resolve

    asked = resolve(word)

    async def work() -> tuple[Catalog, str]:
        async with opened(asked, "inspect") as session:
            catalog = await reader.read(session)
            return catalog, session.server.provider if session.server is not None else ""

    catalog, provider = run(work)
    return choosing.narrowed(catalog, schema) if schema is not None else catalog, provider, asked.name


def _print_ddl(catalog: Catalog, wanted: str, name: str, *, as_json: bool) -> int:
    from console.catalog import choosing, ddl

    if wanted == _EVERYTHING:
        keys: Iterable[Key] = catalog.objects
        script = ddl.everything(catalog)
    else:
        keys = choosing.find(catalog, wanted)
        script = "\n".join(ddl.of(catalog, key) for key in keys)
    code = _code(catalog, keys)
    if as_json:
        document(name, ok=code == 0, summary=plural(script.count(";\n"), "statement"), ddl=script)
    else:
        # A terminal acts on control signs; a file has to hold them as they are, or the statements would lie.
        sys.stdout.write(sanitize(script, lines=True) if on_terminal(sys.stdout) else script)
    return code


def _print_json(catalog: Catalog, name: str) -> int:
    from console.catalog import overview, snapshot

    code = _code(catalog, catalog.objects)
    document(
        name,
        ok=code == 0,
        summary=overview.summary(catalog),
        server_version=catalog.version,
        objects=snapshot.shapes(catalog),
        sizes=[
            {"key": snapshot.key_shape(key), "rows": each.rows, "bytes": each.bytes}
            for key, each in catalog.measures.items()
            if key in catalog.objects
        ],
        locked=[{"key": snapshot.key_shape(key), "pid": pid} for key, pid in catalog.locked.items()],
    )
    return code


def _print_text(catalog: Catalog, form: str, provider: str, *, folded: bool) -> None:
    from console.catalog import markdown, overview

    if form == "markdown":
        sys.stdout.write(markdown.render(catalog, provider=provider, folded=folded))
        return
    for line in overview.lines(catalog, provider=provider, folded=folded):
        click.echo(line)


def _code(catalog: Catalog, keys: Iterable[Key]) -> int:
    """Return 6 when a lock hid something of what is printed, after saying so."""
    hidden = [key for key in keys if key in catalog.locked]
    for key in hidden:
        tell(f"! {key.kind} {sanitize(str(key))} is locked by pid {catalog.locked[key]}: not all of it was read.")
    return 6 if hidden else 0
