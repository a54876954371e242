"""How the privileges on one object become others: who takes what from whom, and who gives it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from console.catalog.ddl import grants
from console.catalog.ddl.grants import Said
from console.catalog.model import Grant
from console.sql.quoting import ident, role


class Turned(NamedTuple):
    """What is said to take privileges and, behind it, to give others."""

    taken: tuple[Said, ...]
    given: tuple[Said, ...]


class _Taking(NamedTuple):
    """One privilege that is taken, or only the right to pass it on."""

    grant: Grant
    option: bool = False

    @property
    def around(self) -> tuple[str, str, str]:
        """What stands before the privilege and behind the object, and who says it."""
        head = "REVOKE GRANT OPTION FOR" if self.option else "REVOKE"
        ending = " CASCADE" if self.grant.grantable else ""
        return head, f"FROM {role(self.grant.grantee)}{ending}", self.grant.grantor


def between(on: str, before: Any, after: Any, column: str = "") -> Turned:
    """Return REVOKE and GRANT that turn one object's privileges into another's; `on` is what they are on.

    Both have `grants`, `revokes` and `owner`. A default privilege that was taken away and is not any more is given
    back; the other way round it is taken.
    """
    was, now = getattr(before, "revokes", ()), getattr(after, "revokes", ())
    takings, left = _taken(before.grants, after.grants, getattr(after, "owner", ""))
    takings += [_Taking(each) for each in now if each not in was]
    come = [*(each for each in was if each not in now), *sorted(set(after.grants) - left)]
    return Turned(tuple(_revoked(on, takings, column)), tuple(grants.given(on, come, column)))


def _taken(before: Iterable[Grant], after: Iterable[Grant], owner: str) -> tuple[list[_Taking], set[Grant]]:
    """Return what has to be taken, by the owner first, and what is left then: who loses a right takes along others."""
    held, wanted = set(before), set(after)
    found: list[_Taking] = []
    for grant in sorted(held - wanted, key=lambda each: (each.grantor != "", each)):
        if grant not in held or grant._replace(grantable=True) in wanted:
            continue  # it went with another, or there will be more of it
        option = grant.grantable and (grant.grantee == owner or grant._replace(grantable=False) in wanted)
        found.append(_Taking(grant, option))
        held.remove(grant)
        if option:
            held.add(grant._replace(grantable=False))
        if grant.grantable:
            _take_along(held, grant, owner)
    return found, held


def _take_along(held: set[Grant], lost: Grant, owner: str) -> None:
    """Take what somebody has passed on who may not any more."""
    grantee, privilege = lost.grantee, lost.privilege
    may = any(each.grantable and (each.grantee, each.privilege) == (grantee, privilege) for each in held)
    if may or grantee == owner:
        return
    for each in [each for each in held if (each.grantor, each.privilege) == (grantee, privilege)]:
        held.remove(each)
        if each.grantable:
            _take_along(held, each, owner)


def _revoked(on: str, takings: Iterable[_Taking], column: str) -> Iterator[Said]:
    of_column = f" ({ident(column)})" if column else ""
    for (head, tail, by), some in itertools.groupby(takings, key=lambda each: each.around):
        what = ", ".join(f"{each.grant.privilege}{of_column}" for each in some)
        yield Said(f"{head} {what} ON {on} {tail}", by)
