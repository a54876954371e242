"""A runner that is killed at its nth event: `python -m tests.migrations.doomed HOST PORT DBNAME FOLDER N`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from console.config.profile import Guard, Target
from console.db.session import Session
from console.migrations import plan, runner
from console.migrations.events import StatementFinished, StatementStarted
from console.migrations.files import native
from console.migrations.ledgers.native import Native
from tests.migrations.project import agreed


async def main(host: str, port: str, database: str, folder: str, last: str) -> None:
    params = {"host": host, "port": port, "dbname": database, "user": "postgres"}
    target = Target("doomed", params, guard=Guard.OPEN)
    async with await Session.open(target, what="doomed") as session:
        planned = plan.up(native.read(Path(folder)), await Native().read(session))
        seen = 0
        async for event in runner.run(session, planned, agreed(target), lease_seconds=0.3):
            seen += isinstance(event, StatementStarted | StatementFinished)
            if seen == int(last):
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
