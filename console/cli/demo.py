"""`dbconsole demo`: the console on a sample system, in an embedded PostgreSQL."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
@click.option("--reset", is_flag=True, help="Build the demo anew.")
@click.option("--keep", is_flag=True, help="Leave the server running afterwards.")
@click.option("--url", is_flag=True, help="Print the database's URL and leave the server running.")
@click.option("--stop", is_flag=True, help="Stop a server that was left running, whoever uses it.")
def demo(name: str | None, reset: bool, keep: bool, url: bool, stop: bool) -> int:
    """Open the console on a sample system in an embedded PostgreSQL.

    NAME is one of the sample systems; the first of them without. The server is private to you and is stopped with the
    last console that uses it.
    """
    from console.errors import UsageError

    if stop:
        if name or reset or keep or url:
            raise UsageError("--stop goes alone: there is one server for all demos.")
        return _stop()
    word = f"demo:{name}" if name else "demo"
    if url:
        return _url(word, reset=reset)
    from console.cli.opening import open_console

    return open_console(word, keep=keep, reset=reset)


def _stop() -> int:
    from console.cli.telling import tell
    from console.db.embedded import Embedded
    from console.demo.server import folder

    stopped = Embedded.stop_below(folder())
    tell("The demo's server is stopped." if stopped else "The demo's server was not running.")
    return 0


def _url(word: str, *, reset: bool) -> int:
    """Print a URL for other programs; the server stays only if there is one to print."""
    from console.cli.running import run
    from console.cli.targeting import meant
    from console.cli.telling import tell
    from console.demo.server import Demo

    name = meant(word).demo or ""

    async def make() -> str:
        demo = await Demo.start()
        try:
            target = await demo.ready(name, tell, reset=reset)
            demo.keep = True
        finally:
            await demo.leave()
        return demo.server.url(target.database)

    click.echo(run(make))
    tell("The server runs until `dbconsole demo --stop`.")
    return 0
