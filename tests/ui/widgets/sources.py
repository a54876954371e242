"""Sources of rows for tests: a table of any length that is made while it is read."""

from __future__ import annotations

from console.errors import ConnectionLost
from console.rows.source import Column

BLOCK = 500


class Numbers:
    """`total` rows, of which a block is at hand once it was fetched; the end is known when it was reached."""

    columns = (Column("id", "bigint", 20, numeric=True), Column("name", "text", 25))

    def __init__(self, total: int) -> None:
        self.total = total
        self.length = 0
        self.blocks: set[int] = set()
        self.fetched: list[tuple[int, int]] = []
        self.fails = False
        self.estimated: int | None = total

    def __len__(self) -> int:
        return self.length

    @property
    def complete(self) -> bool:
        return self.counted == self.total

    @property
    def estimate(self) -> int | None:
        return self.estimated

    @property
    def counted(self) -> int:
        """Rows whose numbers are certain: the blocks that were read without a gap from the first on."""
        block = 0
        while block in self.blocks:
            block += 1
        return min(self.total, block * BLOCK)

    def row(self, index: int) -> tuple[str | None, ...] | None:
        return (str(index + 1), f"name {index + 1}") if index // BLOCK in self.blocks else None

    async def fetch(self, first: int, last: int) -> None:
        if self.fails:
            raise ConnectionLost("The connection is gone.")
        self.fetched.append((first, last))
        last = min(last, self.total - 1)
        self.blocks.update(range(first // BLOCK, last // BLOCK + 1))
        self.length = max(self.length, min(self.total, (last // BLOCK + 1) * BLOCK))

    async def fetch_end(self) -> None:
        self.blocks.add((self.total - 1) // BLOCK)
        self.length = self.total

    async def close(self) -> None:
        self.blocks.clear()
