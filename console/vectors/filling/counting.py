"""Counts what would be filled before anything is: rows, about how many tokens, about what that costs."""

from __future__ import annotations

from dataclasses import dataclass

from console.db.session import Session
from console.errors import UsageError
from console.text import count as said_count
from console.text import plural, size
from console.vectors.embedders.embedder import Embedder
from console.vectors.embedders.fitting import fitted
from console.vectors.filling.declared import Declared
from console.vectors.filling.fillable import Fillable
from console.vectors.filling.looking import look_up

_PAGE = 8192
_ALL = 1 << 30  # octets of a table up to which every row is counted
_SAMPLE = 1 << 27
_A_TOKEN = 4  # octets: English has some four letters in a token, other scripts fewer letters of more octets


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing in a column: `rows` to fill, rows `without_text` that stay empty, `octets` of their texts.

    `sampled` tells that it was reckoned from a part of a large table. `tokens` are about a model's; `price` is dollars
    for a million of them, 0 where it costs nothing, None where that is not known. `lists` are the names of ivfflat
    indexes on the column.
    """

    column: Declared
    rows: int
    without_text: int
    octets: int
    price: float | None
    sampled: bool = False
    lists: tuple[str, ...] = ()

    @property
    def tokens(self) -> int:
        """About how many tokens the texts have."""
        return -(-self.octets // _A_TOKEN)

    @property
    def cost(self) -> float | None:
        """About how many dollars it costs, None where that is not known."""
        return None if self.price is None else self.tokens * self.price / 1_000_000

    @property
    def sentence(self) -> str:
        """All of it in a sentence."""
        if not self.rows:
            stay = "stays" if self.without_text == 1 else "stay"
            rest = f"; {_rows(self.without_text)} without a text {stay} empty" if self.without_text else ""
            return f"No embedding is missing in {self.column.label}{rest}."
        about = "about " if self.sampled else ""
        texts = f"{size(self.octets)} of text, about {plural(self.tokens, 'token')}"
        return f"{about}{plural(self.rows, 'embedding')} to make, {texts}: {self._cost}."

    @property
    def _cost(self) -> str:
        if self.cost is None:
            return "what it costs there is not known (price in the profile says it)"
        return dollars(self.cost) if self.cost else "costs nothing"


def dollars(amount: float) -> str:
    """Say about how many dollars.

    >>> dollars(0.0004), dollars(0.25), dollars(1234)
    ('less than $ 0.01', 'about $ 0.25', 'about $ 1,234.00')
    """
    return f"about $ {amount:,.2f}" if amount >= 0.01 else "less than $ 0.01"


async def count(session: Session, declared: Declared, embedder: Embedder, *, timeout: float | None = None) -> Missing:
    """Return what is missing in a column, and what it would cost to fill it with an embedder.

    Two round trips; of a large table a part of the pages is read. Raises UsageError for what does not exist, cannot be
    filled, or not with this embedder; TimedOut where even that takes longer than `timeout` seconds.
    """
    found = await look_up(session, [declared])
    if not found:
        raise UsageError(f"There is no column {declared.label}.")
    column = found[0]
    fitted(embedder, declared.label, column.dimensions)
    percent = _percent(column)
    asked = column.count(percent)
    [[row]] = await session.read(asked, timeout=timeout, doing=f"counting what is missing in {declared.label}")
    rows, without_text, octets = (round(number * 100 / (percent or 100)) for number in row)
    return Missing(
        declared,
        rows,
        without_text,
        octets,
        embedder.price,
        sampled=percent is not None,
        lists=tuple(".".join(index) for index in column.lists),
    )


def _percent(column: Fillable) -> float | None:
    """Return the part of a large table that is looked at, None for one that is counted."""
    octets = column.pages * _PAGE
    return None if octets <= _ALL or not column.plain else 100 * _SAMPLE / octets


def _rows(number: int) -> str:
    return f"{said_count(number)} {'row' if number == 1 else 'rows'}"
