"""What to type for the same target again, in the words that tell a person how to go on."""

from __future__ import annotations

import re
import shlex

from console.config import urls
from console.errors import BadUrl
from console.text import sanitize

_PASSWORD = re.compile(r"(//[^/?#:@]*):[^/?#@]*@")


def retyped(word: str | None) -> str:
    """Return the word of a target for a shell, with a blank behind; nothing where none was typed.

    A password is not repeated: a URL comes without it, and works where the password is kept somewhere, or is typed.

    >>> retyped(None), retyped("prod"), retyped("host=db dbname=app"), retyped("postgres://ada:secret@db/app")
    ('', 'prod ', "'host=db dbname=app' ", 'postgres://ada@db/app ')
    """
    if not word:
        return ""
    bare = _PASSWORD.sub(r"\1@", word, count=1)
    return f"{shlex.quote(sanitize(bare))} " if _is_public(bare) else "… "


def _is_public(word: str) -> bool:
    """Return whether nothing in it is a password, as far as it can be read."""
    if not urls.addresses(word):
        return True
    try:
        return urls.parse(word).password is None
    except BadUrl:
        return False
