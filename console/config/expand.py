"""`${NAME}` in a configuration value becomes an environment variable's value; nothing else is expanded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from console.errors import UsageError

_HINT = "Set it in the shell, or in the project's .env file."
_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def references(text: str) -> tuple[str, ...]:
    """Return the variables a text refers to, in order.

    >>> references("postgresql://${DB_USER}@${DB_HOST}/app"), references("$HOME")
    (('DB_USER', 'DB_HOST'), ())
    """
    return tuple(_REFERENCE.findall(text))


def expand(text: str, values: Mapping[str, str], *, what: str, hint: str = _HINT) -> str:
    """Return `text` with its references replaced once; what a value itself contains is left alone.

    `what` is the subject of the sentence when a variable is missing: "The url of profile dev". Raises UsageError.
    """
    missing = sorted({name for name in references(text) if name not in values})
    if missing:
        raise UsageError(f"{what} needs {', '.join(missing)}, which is not set.", hint=hint)
    return _REFERENCE.sub(lambda found: values[found[1]], text)
