"""How names, times and numbers are said in a report, so that nothing of a database is anything but text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from console import text
from console.catalog.marks import code, plain
from console.catalog.model import Key, Kind, Policy
from console.migrations.report.counting import MOST
from console.migrations.report.facts import Size
from console.text import plural, sanitize

_MOST = 12
# What is counted, in the order in which it is said: the words for one and for many.
COUNTED: Mapping[Kind, tuple[str, str]] = {
    Kind.SCHEMA: ("schema", "schemas"),
    Kind.EXTENSION: ("extension", "extensions"),
    Kind.TYPE: ("type", "types"),
    Kind.DOMAIN: ("domain", "domains"),
    Kind.TABLE: ("table", "tables"),
    Kind.FOREIGN_TABLE: ("foreign table", "foreign tables"),
    Kind.COLUMN: ("column", "columns"),
    Kind.VIEW: ("view", "views"),
    Kind.MATERIALIZED_VIEW: ("materialised view", "materialised views"),
    Kind.INDEX: ("index", "indexes"),
    Kind.FUNCTION: ("function", "functions"),
    Kind.PROCEDURE: ("procedure", "procedures"),
    Kind.AGGREGATE: ("aggregate", "aggregates"),
    Kind.TRIGGER: ("trigger", "triggers"),
    Kind.POLICY: ("policy", "policies"),
}

_OTHERS: Mapping[Kind, tuple[str, str]] = {
    Kind.DATABASE: ("setting of the database", "settings of the database"),
    Kind.DEFAULT_PRIVILEGES: ("default privilege", "default privileges"),
    Kind.OPERATOR_CLASS: ("operator class", "operator classes"),
    Kind.OPERATOR_FAMILY: ("operator family", "operator families"),
    Kind.STATISTICS: ("statistics object", "statistics objects"),
    Kind.TEXT_SEARCH_DICTIONARY: ("text search dictionary", "text search dictionaries"),
}


def named(key: Key) -> str:
    """Return an object's name as code, its line feeds and the like shown."""
    return code(sanitize(str(key)))


def own_name(key: Key) -> str:
    """Return an object's name without schema and table, as code."""
    return code(sanitize(key.name))


def labelled(label: str) -> str:
    """Return a migration's label as code."""
    return code(sanitize(label))


def kind(key: Key) -> str:
    """Return the word for an object's kind."""
    return COUNTED.get(key.kind, (str(key.kind), ""))[0]


def counts(found: Mapping[Kind, int]) -> str:
    """Say how many of what there are, the usual kinds only.

    >>> counts({Kind.TABLE: 2, Kind.INDEX: 1, Kind.SEQUENCE: 4})
    '2 tables and 1 index'
    """
    return joined([plural(found[each], *words) for each, words in COUNTED.items() if found.get(each)])


def joined(parts: Sequence[str]) -> str:
    """Return an enumeration.

    >>> joined(["a", "b", "c"]), joined([])
    ('a, b and c', '')
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def some(keys: Sequence[Key]) -> str:
    """Name the first objects of a list, and say how many more there are."""
    more = len(keys) - _MOST
    shown = [named(key) for key in keys[: _MOST if more > 1 else None]]
    return ", ".join([*shown, *([f"and {more} more"] if more > 1 else [])])


def grouped(keys: Iterable[Key]) -> dict[Kind, list[Key]]:
    """Return objects by kind: those that are counted first, in their order."""
    found: defaultdict[Kind, list[Key]] = defaultdict(list)
    for key in keys:
        found[key.kind].append(key)
    order = [*COUNTED, *sorted(found.keys() - COUNTED.keys())]
    return {kind: sorted(dict.fromkeys(found[kind])) for kind in order if kind in found}


def listed(kinds: Mapping[Kind, Sequence[Key]]) -> Iterator[str]:
    """Yield a line for each kind: how many, and the first of them by name."""
    for each, keys in kinds.items():
        yield f"{counted(len(keys), each)}: {some(keys)}"


def counted(number: int, of: Kind) -> str:
    """Say how many of a kind.

    >>> counted(2, Kind.INDEX), counted(1, Kind.STATISTICS), counted(3, Kind.RULE)
    ('2 indexes', '1 statistics object', '3 rules')
    """
    return plural(number, *(COUNTED.get(of) or _OTHERS.get(of) or (str(of), f"{of}s")))


def heading(number: int, one: str, many: str | None = None) -> str:
    """Return a heading that counts.

    >>> heading(2, "table"), heading(0, "index", "indexes")
    ('### 2 tables', '### No indexes')
    """
    return f"### {plural(number, one, many)}" if number else f"### No {many or one + 's'}"


def moment(at: datetime | None) -> str:
    """Say a point in time, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at is not None else "–"


def took(milliseconds: int | None) -> str:
    """Say how long something took."""
    return text.duration(milliseconds / 1000) if milliseconds is not None else "–"


def shortened(text: str, most: int = 90) -> str:
    """Return a text for a cell of a table; the whole is what `dbconsole inspect --ddl` prints."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def applies(made: Policy) -> str:
    """Say to what and to whom a policy applies."""
    kind = "" if made.permissive else "restrictive, "
    conditions = [word for word, text in (("using", made.using), ("check", made.check)) if text is not None]
    roles = plain(", ".join(made.roles)) or "everybody"
    return f"{kind}{made.command} for {roles}{f', {joined(conditions)}' if conditions else ''}"


def rows(found: Size) -> str:
    """Say a number of rows: counted, or estimated by the planner.

    >>> rows(Size(1500)), rows(Size(6, counted=True)), rows(Size(MOST + 1, counted=True)), rows(Size())
    ('≈ 1,500', '6', '> 10,000', 'not known')
    """
    if found.rows is None:
        return "not known"
    if found.counted:
        return f"{found.rows:,}" if found.rows <= MOST else f"> {MOST:,}"
    return f"≈ {found.rows:,}"


def size(number: int | None) -> str:
    """Say a number of bytes."""
    return text.size(number)


def skipped(reason: str) -> str:
    """Say that something could not be known, and why."""
    return f"*Skipped: {plain(reason).rstrip('.')}.*"
