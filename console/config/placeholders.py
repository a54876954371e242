"""Passwords that are none: what templates, dashboards and tutorials put where a password belongs."""

from __future__ import annotations

import re

_STANDS = re.compile(
    r"[\[<{(]+\s*(?:your|my|the|db|database)?[-_ ]?(?:db|database)?[-_ ]?(?:password|pass|pw)\s*[\])}>]+", re.I
)
_ASTERISKS = re.compile(r"[*•]{4,}")
_TEMPLATE = "change_me_in_production"


def stands_for_password(text: str) -> bool:
    """Tell whether a text only marks the place of a password, which then has to be asked for.

    Supabase prints `[YOUR-PASSWORD]`, Neon asterisks as long as the password is hidden.

    >>> stands_for_password("[YOUR-PASSWORD]"), stands_for_password("*" * 16), stands_for_password("password")
    (True, True, False)
    """
    return bool(_STANDS.fullmatch(text) or _ASTERISKS.fullmatch(text))


def left_from_template(text: str) -> bool:
    """Tell whether a password is the one a template came with and that everybody knows."""
    return text.lower().replace("-", "_") == _TEMPLATE
