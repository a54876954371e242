"""`dbconsole demo`: the console on a sample system, in an embedded PostgreSQL."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
@click.option("--reset", is_flag=True, help="Build the demo anew.")
@click.option("--keep", is_flag=True, help="Leave the server running afterwards.")
@click.option("--url", is_flag=True, help="Print the database's URL and leave the server running.")
@click.option("--stop", is_flag=True, help="Stop a server that was kept.")
@click.pass_context
def demo(ctx: click.Context, name: str | None, reset: bool, keep: bool, url: bool, stop: bool) -> int:
    """Open the console on a sample system in an embedded PostgreSQL.

    NAME is one of the sample systems; the first of them without. The server is private to you and is stopped with the
    last console that uses it.
    """
    if stop:
        return _stop()
    word = f"demo:{name}" if name else "demo"
    if url:
        return _url(word, reset=reset)
    from console.cli.opening import open_console

    settings = ctx.find_root().obj or {}
    return open_console(word, plain_output=settings.get("plain_output", False), keep=keep, reset=reset)


def _stop() -> int:
    from console.cli.telling import tell
    from console.db.embedded import Embedded
    from console.demo.server import folder

    stopped = Embedded.stop_below(folder())
    tell("The demo's server is stopped." if stopped else "The demo's server was not running.")
    return 0


def _url(word: str, *, reset: bool) -> int:
    from console.cli.running import run
    from console.cli.targeting import resolve
    from console.cli.telling import tell
    from console.demo.server import Demo

    async def make() -> str:
        demo = await Demo.start()
        demo.keep = True
        try:
            target = await demo.ready(resolve(word).demo or "", tell, reset=reset)
        finally:
            await demo.leave()
        return demo.server.url(target.database)

    click.echo(run(make))
    tell("The server runs until `dbconsole demo --stop`.")
    return 0
