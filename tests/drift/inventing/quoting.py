"""Names that have to be quoted, in place of the plain ones of a random schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Style = Callable[[Iterable[str]], tuple[str, ...]]
_NAMES = {
    "r1": '"Order"', "r2": '"a.b"', "r3": '"sel""ect"', "r4": '"' + "ü" * 31 + '"', "n": '"N s"', "k1": '"K(1)"',
    "k2": '"k[]"', "f1": '"f;1"', "f2": '"user"', "c": '"c d"', "q1": '"Q\'1"', "h1": '"$1"', "i1": '"i--1"',
    "given": '"%s"',
}  # fmt: skip


def styles() -> SearchStrategy[Style]:
    """Draw which names are odd ones: in most cases none."""
    some = st.sets(st.sampled_from(sorted(_NAMES)), min_size=1, max_size=4)
    return st.one_of(st.just(frozenset()), st.just(frozenset()), some).map(lambda names: _style(sorted(names)))


def _style(names: Iterable[str]) -> Style:
    chosen = {name: _NAMES[name] for name in names}
    return lambda texts: tuple(_quoted(text, chosen) for text in texts)


def _quoted(text: str, names: Mapping[str, str]) -> str:
    """Return a statement with names replaced where they stand as words, outside of texts."""
    for name, odd in names.items():
        text = re.sub(rf"(?<![\w\"'$]){name}(?![\w\"'$(])|(?<![\w\"'$]){name}(?=\()", lambda _, odd=odd: odd, text)
    return text
