"""What a random schema is made of: things of a kind, each a few parts that are drawn one by one, written as SQL.

A thing speaks of others by their names, whether they are there or not: what the server refuses when a schema is loaded
is left out (`loading.py`), so that nothing here has to know what fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Values = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of thing: what is drawn for each part, and how it is written. An empty text: a part is not there."""

    name: str
    parts: Mapping[str, SearchStrategy[str]]
    write: Callable[[str, Values], Iterable[str]]

    def drawn(self) -> SearchStrategy[Values]:
        """Draw all parts."""
        return st.fixed_dictionaries(dict(self.parts))


@dataclass(frozen=True)
class Thing:
    """One thing of a schema."""

    name: str
    kind: Kind
    values: Values

    def statements(self) -> list[str]:
        """Return what makes it."""
        return [text for text in self.kind.write(self.name, self.values) if text]


def some(*texts: str) -> SearchStrategy[str]:
    """Draw one of some texts; the first is the simplest, and what is left when an example is made smaller."""
    return st.sampled_from(texts)


def maybe(*texts: str) -> SearchStrategy[str]:
    """Draw nothing in most cases, else one of some texts."""
    return st.sampled_from([*[""] * max(2, len(texts)), *texts])


OWNER = maybe("drift_a", "drift_b")
GRANT = maybe("drift_a", "drift_b", "PUBLIC", "drift_a WITH GRANT OPTION")
COMMENT = maybe("'one'", "'it''s two'")
SHARED = {"comment": COMMENT, "owner": OWNER, "grant": GRANT}


def shared(word: str, name: str, values: Values, privilege: str = "") -> Iterable[str]:
    """Write what all things have: a comment, an owner, a privilege."""
    if values.get("owner"):
        yield f"ALTER {word} {name} OWNER TO {values['owner']}"
    if values.get("grant") and privilege:
        yield f"GRANT {privilege} ON {word if word in _GRANTED else 'TABLE'} {name} TO {values['grant']}"
    if values.get("comment"):
        yield f"COMMENT ON {word} {name} IS {values['comment']}"


_GRANTED = frozenset({"TYPE", "DOMAIN", "FUNCTION", "PROCEDURE", "SEQUENCE", "SCHEMA"})
