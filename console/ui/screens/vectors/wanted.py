"""What a person wants to know of a column: what is searched for and how, as it stands on the screen; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.text import cut, sanitize
from console.vectors.column import VectorColumn
from console.vectors.metric import Metric
from console.vectors.search import asking
from console.vectors.search.question import By, FullText, Hybrid, Key, Knobs, Pasted, Question, Words

_UNCHANGED = Knobs()
_LONGEST = 24  # cells of a condition in the line of options


class Mode(StrEnum):
    """What is searched by."""

    WORDS = "words"
    LIKE = "row"
    PASTED = "vector"
    MIXED = "rows"
    FULL_TEXT = "full text"
    HYBRID = "hybrid"
    FUNCTION = "function"

    @property
    def explained(self) -> str:
        """What is typed, in the empty line."""
        return _EXPLAINED[self]

    @property
    def described(self) -> str:
        """What it does, in the list of modes."""
        return _DESCRIBED[self]

    @property
    def has_words(self) -> bool:
        """Whether what is typed are words of a person."""
        return self in (Mode.WORDS, Mode.FULL_TEXT, Mode.HYBRID, Mode.FUNCTION)

    @property
    def embeds(self) -> bool:
        """Whether an embedder is needed."""
        return self in (Mode.WORDS, Mode.HYBRID)


_EXPLAINED = {
    Mode.WORDS: "words, in any order: what is it about?",
    Mode.LIKE: "the key of a row; m takes the one under the cursor",
    Mode.PASTED: "a vector: [0.1, 0.2, …], numbers with commas or blanks, {1:0.5}/384, 0101",
    Mode.MIXED: "keys: A, B, C for their average, or A - B + C; space tags rows",
    Mode.FULL_TEXT: 'words of the text: one or other, "a phrase", -without',
    Mode.HYBRID: "words, by meaning and as they are written",
    Mode.FUNCTION: "what is given to the function: words, or a vector",
}
_DESCRIBED = {
    Mode.WORDS: "words      near what an embedder makes of them",
    Mode.LIKE: "row        more like one row",
    Mode.PASTED: "vector     near a vector that is pasted",
    Mode.MIXED: "rows       near an average of rows, or A − B + C",
    Mode.FULL_TEXT: "full text  with these words in the text",
    Mode.HYBRID: "hybrid     by meaning and by full text, fused",
    Mode.FUNCTION: "function   through a function of the database",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it stands on the screen; what it says nothing about stays as the column and the server have it."""

    mode: Mode = Mode.WORDS
    text: str = ""
    k: int = 10
    metric: Metric | None = None
    where: str = ""
    within: float | None = None
    exact: bool = False
    knobs: Knobs = _UNCHANGED
    text_column: str | None = None

    def question(self, column: VectorColumn) -> Question | None:
        """Return what is asked; None where nothing is, and any rows are to be shown. Raises UsageError."""
        text = self.text.strip()
        if not text:
            return None
        by = _by(self.mode, text, column)
        return Question(by, self.k, self.metric, self.where, self.within, self.exact, self.knobs, self.text_column)


def _by(mode: Mode, text: str, column: VectorColumn) -> By:
    match mode:
        case Mode.LIKE:
            return asking.like(text, column)
        case Mode.PASTED:
            return Pasted(text)
        case Mode.MIXED:
            return asking.expression(text, column) if _is_sum(text) else asking.average(text, column)
        case Mode.FULL_TEXT:
            return FullText(text)
        case Mode.HYBRID:
            return Hybrid(text)
        case _:
            return Words(text)


def _is_sum(text: str) -> bool:
    """Tell A - B + C from a list of keys: signs with blanks around them, since keys have signs in them too."""
    return " - " in text or " + " in text or text.startswith(("- ", "+ "))


def written(key: Key) -> str:
    """Return a key as `asking` reads it, with the quotes of CSV where a value needs some.

    >>> written(("12",)), written(("a", "b,c")), written(("A - B",))
    ('12', 'a,"b,c"', '"A - B"')
    """
    return ",".join(_quoted(part) for part in key)


def _quoted(part: str) -> str:
    plain = part and not any(sign in part for sign in ',;" +') and part.strip() == part
    return part if plain else '"' + part.replace('"', '""') + '"'


def mixed(tags: dict[Key, float]) -> str:
    """Return tagged rows as one types them: keys with commas for an average, else with signs.

    >>> mixed({("1",): 1.0, ("2",): 1.0}), mixed({("1",): 1.0, ("2",): -1.0})
    ('1, 2', '1 - 2')
    """
    composite = any(len(key) > 1 for key in tags)
    if all(sign > 0 for sign in tags.values()):
        return ("; " if composite else ", ").join(map(written, tags))
    said = " ".join(f"{'-' if sign < 0 else '+'} {written(key)}" for key, sign in tags.items())
    return said.removeprefix("+ ")


def options(wanted: Wanted, column: VectorColumn) -> tuple[tuple[str, str, str], ...]:
    """Return what the line of options says: key, words, command."""
    metric = wanted.metric or column.metric
    return (
        ("n", str(wanted.k), "search.many"),
        ("d", metric.said, "search.metric"),
        ("w", f"where {cut(sanitize(wanted.where), _LONGEST)}" if wanted.where else "all rows", "search.where"),
        ("f", f"≤ {wanted.within:g}" if wanted.within is not None else "any distance", "search.within"),
        ("x", "exact" if wanted.exact else "by index", "search.exact"),
        *((("i", said, "search.knobs"),) if (said := knobs(wanted.knobs)) and not wanted.exact else ()),
    )


def knobs(each: Knobs) -> str:
    """Say how the index is to look, in a few words; "" where nothing was chosen.

    >>> knobs(Knobs(ef_search=100, iterative="strict_order")), knobs(Knobs())
    ('ef_search 100 · strict_order', '')
    """
    said = (
        f"ef_search {each.ef_search}" if each.ef_search is not None else "",
        f"probes {each.probes}" if each.probes is not None else "",
        each.iterative or "",
    )
    return " · ".join(part for part in said if part)
