"""The options of `search`, gathered as three values: what is asked, what else is to be looked at, and in what form."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from console.cli.vectors import offered
from console.errors import UsageError
from console.text import sanitize

if TYPE_CHECKING:
    from console.vectors.column import VectorColumn
    from console.vectors.search.question import By, Knobs, Question

Option: TypeAlias = Callable[[Callable[..., int]], Callable[..., int]]

_LOOKING = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched by, and how: the options as they were typed. `by` is the name of one of them, "" for none."""

    by: str = ""
    said: str = ""
    function: str | None = None
    arguments: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    k: int | None = None
    metric: str | None = None
    where: str = ""
    within: float | None = None
    exact: bool = False
    ef_search: int | None = None
    probes: int | None = None
    iterative: str | None = None
    text_column: str | None = None
    embedder: str | None = None
    timeout: float | None = None
    allow_functions: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything is searched for."""
        return bool(self.by or self.function)

    @property
    def limit(self) -> int:
        """How many rows are wanted."""
        return self.k or offered.USUAL

    @property
    def patience(self) -> float:
        """Seconds that may be spent on measuring what the quality is."""
        return self.timeout or _LOOKING

    @property
    def embeds(self) -> bool:
        """Whether words have to become a vector."""
        return self.by in ("text", "hybrid")

    def question(self, column: VectorColumn) -> Question:
        """Return the question of a column. Raises UsageError for a key or a sum of rows that cannot be read."""
        from console.vectors.metric import Metric
        from console.vectors.search.question import Question

        return Question(
            by=self._by(column),
            k=self.limit,
            metric=Metric(self.metric) if self.metric else None,
            where=self.where,
            within=self.within,
            exact=self.exact,
            knobs=self.knobs,
            text_column=self.text_column,
        )

    @property
    def knobs(self) -> Knobs:
        """How the index is to look."""
        from console.vectors.search.question import Knobs

        return Knobs(self.ef_search, self.probes, offered.ITERATIVE[self.iterative] if self.iterative else None)

    def _by(self, column: VectorColumn) -> By:
        from console.vectors.search import asking
        from console.vectors.search.question import FullText, Hybrid, Like, Pasted, Words

        match self.by:
            case "like":
                return Like(asking.key(self.said, column))
            case "average":
                return asking.average(self.said, column)
            case "expression":
                return asking.expression(self.said, column)
            case "vector":
                return Pasted(self.vector())
            case "fulltext":
                return FullText(self.said)
            case "hybrid":
                return Hybrid(self.said)
        return Words(self.said)

    def vector(self) -> str:
        """Return the vector that was given, or that stands on standard input."""
        return sys.stdin.read() if self.said.strip() == "-" else self.said


@dataclass(frozen=True, slots=True)
class Looked:
    """What else is to be looked at: the quality of an index, the vectors themselves, what is to be built."""

    recall: bool
    histogram: bool
    duplicates: bool
    outliers: bool
    picture: bool
    colour: str | None
    index: bool
    build: bool
    method: str | None
    yes: bool
    confirm: str | None

    @property
    def examines(self) -> bool:
        """Whether a sample of the vectors is looked at."""
        return self.histogram or self.duplicates or self.outliers

    @property
    def anything(self) -> bool:
        """Whether there is something besides a search and its hits."""
        return self.recall or self.examines or self.picture or self.index or self.build


@dataclass(frozen=True, slots=True)
class Form:
    """What is printed."""

    listed: bool
    as_sql: bool
    planned: bool
    as_json: bool


def questioned(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of `search`, and hand them over as `asked`, `looked` and `form`. Raises UsageError."""

    @functools.wraps(function)
    def gathered(*, words: tuple[str, ...], **given: Any) -> int:
        form, looked = _taken(Form, given), _taken(Looked, given)
        asked = _asked(given)
        _must_make_sense(asked, looked, form)
        return function(words=words, asked=asked, looked=looked, form=form)

    for option in reversed((*offered.ASKED, *offered.LOOKED, *offered.FORM)):
        gathered = option(gathered)
    return gathered


def _taken(kind: type[Any], given: dict[str, Any]) -> Any:
    return kind(**{each.name: given.pop(each.name) for each in fields(kind)})


def _asked(given: dict[str, Any]) -> Asked:
    ways = {name: said for name in offered.BY if (said := given.pop(name)) is not None}
    if len(ways) > 1:
        named = " and ".join(offered.NAMES.get(name, (f"--{name}",))[0] for name in ways)
        raise UsageError(
            f"{named} are ways to ask of which one is taken.", hint="--hybrid is meaning and words at once."
        )
    by, said = next(iter(ways.items()), ("", ""))
    if by and not said.strip():
        raise UsageError(f"{offered.NAMES.get(by, (f'--{by}',))[0]} is empty: there is nothing to search for.")
    return Asked(by, said, arguments=_pairs(given.pop("arguments")), **given)


def _pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (name and sign):
            raise UsageError(f"{sanitize(pair)} is not NAME=VALUE.", hint="Say --arg match_count=5.")
        found[name] = value
    return found


def _must_make_sense(asked: Asked, looked: Looked, form: Form) -> None:
    """Raise UsageError for what excludes each other or has nothing to be about."""
    if asked.arguments and not asked.function:
        raise UsageError("--arg is for --function NAME.")
    if form.listed and (asked.asks or looked.anything):
        raise UsageError("--list only lists.", hint="Leave it out, or the rest.")
    if form.as_sql and form.as_json:
        raise UsageError("--sql and --json are two forms of one output.", hint="Say one of them.")
    if form.as_sql and (looked.anything or not asked.asks):
        raise UsageError("--sql is the SQL of one search.", hint="Say what is searched for, and nothing else.")
    if looked.colour and not looked.picture:
        raise UsageError("--colour is for --picture.")
    if asked.within is not None and asked.within != asked.within:
        raise UsageError("--max-distance is no number.")
    if (looked.yes or looked.confirm or looked.method) and not (looked.index or looked.build):
        raise UsageError("--yes, --confirm and --method are for --build.")
