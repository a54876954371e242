"""Foreign names in the titles of borders, which are markup."""

from __future__ import annotations

from console.text import sanitize


def title(text: str) -> str:
    r"""Return a text that a border's title shows as it is.

    >>> title("a[b]")
    'a\\[b]'
    """
    return sanitize(text).replace("[", r"\[")
