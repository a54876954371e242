"""`dbconsole demo`: the console on a sample system, in an embedded PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

import click


@click.command()
@click.argument("name", required=False)
@click.option("--reset", is_flag=True, help="Build it anew; without NAME, all of them.")
@click.option("--scale", type=click.IntRange(1, 100), metavar="N", help="N times the rows; of negative_space.")
@click.option("--traffic", is_flag=True, help="Let others work on it while the console is open.")
@click.option("--keep", is_flag=True, help="Leave the server running afterwards.")
@click.option("--url", is_flag=True, help="Print the database's URL and leave the server running.")
@click.option("--stop", is_flag=True, help="Stop a server that was left running, whoever uses it.")
def demo(name: str | None, reset: bool, scale: int | None, traffic: bool, keep: bool, url: bool, stop: bool) -> int:
    """Open the console on a sample system in an embedded PostgreSQL.

    NAME is kimbleai (without one), graph-dev, graph-prod, skintwin, analyticase or negative_space. What is missing is
    built: NAME first, the others behind the console; --url without NAME waits for all. The server is private to you
    and is stopped with the last console that uses it.
    """
    from console.config import names
    from console.errors import UsageError

    if stop:
        if name or reset or keep or url or scale or traffic:
            raise UsageError("--stop goes alone: there is one server for all demos.")
        return _stop()
    if url and traffic:
        raise UsageError("--traffic ends with the console, and --url opens none.", hint="Leave one of them out.")
    word = f"demo:{name}" if name else "demo"
    if url:
        return _url(word, [name] if name else list(names.DEMOS), reset=reset, scale=scale)
    from console.cli.opening import Wishes, open_console

    anew = frozenset([name] if name else names.DEMOS) if reset else frozenset()
    return open_console(word, demo=Wishes(keep, anew, scale, traffic))


def _stop() -> int:
    from console.cli.terminal.telling import tell
    from console.db.local.embedded import Embedded
    from console.demo.server import folder

    stopped = Embedded.stop_below(folder())
    tell("The demo's server is stopped." if stopped else "The demo's server was not running.")
    return 0


def _url(word: str, wanted: Sequence[str], *, reset: bool, scale: int | None) -> int:
    """Print a URL for other programs; the server stays only if there is one to print."""
    from console.cli.call.running import run
    from console.cli.call.targeting import meant
    from console.cli.terminal.telling import tell
    from console.demo.server import Demo

    name = meant(word).demo or ""

    async def make() -> str:
        demo = await Demo.start()
        try:
            demo.scale = scale or 1
            demo.anew.update(wanted if reset else ())
            for each in wanted:
                await demo.ready(each, tell)
            demo.keep = True
        finally:
            await demo.leave()
        if scale is not None and name not in demo.built:
            tell(demo.not_scaled(name))
        return demo.server.url(demo.target(name).database)

    click.echo(run(make))
    tell("The server runs until `dbconsole demo --stop`.")
    return 0
