"""Statements for sequences, also those behind identity columns."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl.naming import described, name
from console.catalog.model import Identity, Sequence, SequenceOptions

LARGEST = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}
_PERSISTENCE = {"u": "UNLOGGED", "p": "LOGGED"}


def sequence(made: Sequence) -> Iterator[str]:
    """Create a sequence; that of an identity column comes with the column."""
    if made.options is not None:
        unlogged = "UNLOGGED " if made.persistence == "u" else ""
        yield f"CREATE {unlogged}SEQUENCE {name(made.key)}{_counting(made.options)}"


def owned_by(made: Sequence) -> Iterator[str]:
    """Bind a sequence to its column."""
    if made.owned_by is not None and not made.identity:
        yield f"ALTER {described(made)} OWNED BY {name(made.owned_by)}"


def identity(made: Identity, persistence: str) -> str:
    """Return `GENERATED … AS IDENTITY (…)` for a column of a table of that persistence."""
    when = "ALWAYS" if made.always else "BY DEFAULT"
    kept = made.persistence not in (None, persistence)
    logged = f" {_PERSISTENCE[made.persistence]}" if kept and made.persistence else ""
    said = f"SEQUENCE NAME {name(made.sequence)}{logged}{_counting(made.options, of_column=True)}"
    return f"GENERATED {when} AS IDENTITY ({said})"


def unlike(made: Identity, type_: str) -> Iterator[str]:
    """Give the sequence of a column its own type: CREATE TABLE … (LIKE … INCLUDING IDENTITY) leaves it another."""
    options = made.options
    if options.type != type_:
        limits = f"MINVALUE {options.minimum} MAXVALUE {options.maximum}"
        yield f"ALTER SEQUENCE {name(made.sequence)} AS {options.type} {limits}"


def _counting(options: SequenceOptions, *, of_column: bool = False) -> str:
    """Return the options that are not what they would be by themselves."""
    rising = options.increment > 0
    largest = LARGEST[options.type]
    minimum, maximum = (1, largest) if rising else (-largest - 1, -1)
    said = [
        ("AS", options.type, options.type == "bigint" or of_column),
        ("START WITH", options.start, options.start == (options.minimum if rising else options.maximum)),
        ("INCREMENT BY", options.increment, options.increment == 1),
        ("MINVALUE", options.minimum, options.minimum == minimum),
        ("MAXVALUE", options.maximum, options.maximum == maximum),
        ("CACHE", options.cache, options.cache == 1),
    ]
    text = "".join(f" {word} {value}" for word, value, usual in said if not usual)
    return text + (" CYCLE" if options.cycle else "")
