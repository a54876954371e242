"""Which changes are in sight: those that meet all words of a filter; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.catalog.compare import Change
from console.catalog.model import Key
from console.migrations.hazards.hazard import Hazard, Severity

EXPLAINED = "words · kind:index · schema:app · ! hazards · !loss · !lock · +  −  ~"
_SIGNS = {"+": "create", "-": "drop", "−": "drop", "~": "alter rename"}

Test = Callable[[Change, Sequence[Hazard]], bool]


@dataclass(frozen=True, slots=True)
class Sieve:
    """A filter as it was typed: words that a change has in its kind or name, `kind:`, `schema:`, `!` and a hazard."""

    text: str = ""

    def kept(
        self, grouped: Mapping[Key, Sequence[Change]], hazards: Mapping[Key, Sequence[Hazard]]
    ) -> dict[Key, Sequence[Change]]:
        """Return what is in sight of each object; those with nothing in sight are left out."""
        tests = [*self._tests()]
        if not tests:
            return dict(grouped)
        found = {
            whole: [each for each in changes if all(test(each, hazards.get(each.key, ())) for test in tests)]
            for whole, changes in grouped.items()
        }
        return {whole: some for whole, some in found.items() if some}

    def _tests(self) -> Iterable[Test]:
        for word in self.text.casefold().split():
            head, colon, rest = word.partition(":")
            if colon and rest and head == "kind":
                yield _of_kind(rest)
            elif colon and rest and head == "schema":
                yield _of_schema(rest)
            elif word.startswith("!"):
                yield _with_hazard(word[1:])
            elif word in _SIGNS:
                yield _of_action(_SIGNS[word])
            else:
                yield _with_word(word)


def _of_kind(kind: str) -> Test:
    return lambda change, _: change.key.kind.replace(" ", "-").startswith(kind) or change.key.kind.startswith(kind)


def _of_schema(schema: str) -> Test:
    def meets(change: Change, _: Sequence[Hazard]) -> bool:
        key = change.key
        return (key.schema or (key.name if key.kind == "schema" else "")).casefold().startswith(schema)

    return meets


def _with_hazard(kind: str) -> Test:
    def meets(_: Change, hazards: Sequence[Hazard]) -> bool:
        return any(each.severity > Severity.INFO and each.kind.startswith(kind) for each in hazards)

    return meets


def _of_action(actions: str) -> Test:
    return lambda change, _: change.action in actions.split()


def _with_word(word: str) -> Test:
    return lambda change, _: word in f"{change.key.kind} {change.key}".casefold()
