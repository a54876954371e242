"""What a person wishes of a plan besides the two sides: names to be kept, rows to be kept, others who go on working."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from console.errors import UsageError
from console.text import sanitize


class Rename(NamedTuple):
    """Something of the first side that the second calls otherwise: `a=b`, as a person names objects."""

    old: str
    new: str

    @classmethod
    def of(cls, text: str) -> Rename:
        """Return what `a=b` means. Raises UsageError.

        >>> Rename.of("public.users.mail=email")
        Rename(old='public.users.mail', new='email')
        """
        old, sign, new = text.partition("=")
        if not (sign and old.strip() and new.strip()):
            raise UsageError(f"“{sanitize(text)}” is no rename.", hint="Say --rename OLD=NEW.")
        return cls(old.strip(), new.strip())


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a plan is to be made.

    `renames` are confirmed ones; `ignore_generated_names` leaves out that a name which the server has chosen is
    another; `keep_data` leaves out what loses rows or values; `online` takes the form that lets others
    work on.
    """

    renames: tuple[Rename, ...] = ()
    ignore_generated_names: bool = False
    keep_data: bool = False
    online: bool = False
