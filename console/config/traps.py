"""Texts that people take for a database URL and that are none, each with where the right one is.

Nothing of the text is repeated except names that the text's own pattern allows: the rest may hold a password.
"""

from __future__ import annotations

import re

from console.errors import BadUrl

ENCODE = (
    "If the password has one of these signs, write them percent-encoded: "
    "@ as %40, # as %23, / as %2F, ? as %3F, : as %3A, % as %25."
)
SHAPE = "A database URL looks like postgresql://user:password@host:5432/database."

_PROJECT = (
    "is the web address of a Supabase project, not of its database.",
    "Open https://supabase.com/dashboard/project/{ref}?showConnect=true and copy the connection string: the session "
    "pooler's works everywhere, the direct one (db.{ref}.supabase.co) needs IPv6.",
)
# Pattern, how the sentence goes on, hint. They are tried in order, and compiled only when a text is no database URL.
_TRAPS = (
    (r"https?://(?:app\.)?supabase\.(?:com|io)/(?:dashboard/)?project/(?P<ref>[a-z]{20})(?![a-z0-9])", *_PROJECT),
    (r"https?://(?P<ref>[a-z]{20})\.supabase\.co(?![a-z0-9.-])", *_PROJECT),
    (
        r"https?://[a-z0-9.-]*supabase\.(?:com|co|io)(?![a-z0-9.-])",
        "is a web address of Supabase, not a database URL.",
        "Open the project in Supabase's dashboard, press Connect and copy the connection string.",
    ),
    (
        r"https?://(?:[a-z0-9-]+\.)*neon\.(?:tech|build|com)(?![a-z0-9.-])",
        "is a web address of Neon, not a database URL.",
        "Open the project in Neon's console, press Connect and copy the connection string; "
        "its host starts with ep- and ends with neon.tech.",
    ),
    (r"https?:", "is a web address, not a database URL.", SHAPE),
    (
        r"prisma(?:\+postgres)?:",
        "leads to Prisma's own service, which does not speak PostgreSQL's protocol.",
        "Use the URL of the database behind it; projects often keep it in DIRECT_URL.",
    ),
    (
        r"(?:jdbc:)?(?P<system>mysql|mariadb|sqlite3?|sqlserver|mssql|oracle|mongodb|redis|duckdb|snowflake)\b",
        "is for {system}; dbconsole speaks to PostgreSQL only.",
        SHAPE,
    ),
)


def refuse(text: str, what: str) -> None:
    """Raise BadUrl with a way out if `text` is the address of something else than a PostgreSQL database."""
    for pattern, title, hint in _TRAPS:
        if found := re.match(pattern, text, re.IGNORECASE):
            named = found.groupdict()
            raise BadUrl(f"{what} {title.format_map(named)}", hint=hint.format_map(named))


def unescaped(what: str, sign: str) -> BadUrl:
    """Return the error for a URL whose password has a sign in it that ends the password, the host or the URL."""
    return BadUrl(
        f"{what} cannot be read: an unescaped {sign}, most likely in the password, hides where the host begins.",
        hint=f"{ENCODE} {SHAPE}",
    )


def shapeless(what: str, why: str) -> BadUrl:
    """Return the error for a URL that is not made like one, with the shape it should have."""
    return BadUrl(f"{what} cannot be read: {why}.", hint=SHAPE)
