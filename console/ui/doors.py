"""What the screen needs of the world outside to open sessions; the command line, which knows profiles, gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from console.config.profile import Target
    from console.db.session import Session

Saying = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to go: the word that names it, what it is, and where it comes from ("profile", "database", "demo").

    `state` is a word about how it is, where there is something to say.
    """

    word: str
    title: str
    group: str
    production: bool = False
    state: str = ""


class Doors(Protocol):
    """Opens sessions by the words a person would type on the command line."""

    @property
    def first(self) -> Target:
        """The target the program was started with."""

    async def target(self, word: str | None) -> Target:
        """Return what a word means; None is the target the program was started with."""

    async def open(self, target: Target, say: Saying) -> Session:
        """Open a session; `say` gets sentences about what is waited for."""

    async def beside(self, word: str, say: Saying, *, what: str, direct: bool = False) -> Session:
        """Open a session on what a word means besides the one at hand, and stay here; `what` names it to the server."""

    async def choices(self, session: Session | None) -> Sequence[Choice]:
        """Return where one could go: profiles, environments, the server's other databases, the demos."""

    def follow(self, aside: Saying, tell: Saying) -> None:
        """Say what goes on besides: `aside` gets a few words, none when it is over, `tell` a sentence to read once."""

    async def leave(self) -> None:
        """Stop what was started for this program."""
