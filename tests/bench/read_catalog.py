"""Reads the full catalog of a database and lets it go: the program that `catalog` runs beside pg_dump.

Run as a program: `python -m tests.bench.read_catalog URL`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from console.catalog import reader
from console.catalog.model import Catalog
from console.config import target
from console.db.session import Session


async def read(url: str) -> Catalog:
    """Read everything, as those do who compare databases or write their DDL."""
    async with await Session.open(target.resolve(url, environ=os.environ, cwd=Path.cwd()), what="bench") as session:
        return await reader.read(session)


if __name__ == "__main__":
    asyncio.run(read(sys.argv[1]))
