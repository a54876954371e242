"""Textual's stylesheet, for which a source that was parsed with the same colours is parsed no more."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class ParsedOnce(Stylesheet):
    """Keeps what it has parsed for as long as the variables are the same.

    A start asks twice to style everything anew, for the theme and for the first screen, and nothing has changed since
    the time before (Textual 8.2.8). Parsing is half of what styling costs.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        """Make an empty one; `variables` are the colours and sizes by their names."""
        super().__init__(variables=variables)
        self._parsed_with = dict(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables; other ones are a reason to parse everything anew."""
        if variables != self._parsed_with:
            super().set_variables(variables)
            self._parsed_with = dict(variables)

    def reparse(self) -> None:
        """Parse what is not parsed yet."""
        self.parse()
