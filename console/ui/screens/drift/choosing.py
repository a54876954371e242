"""What is taken of the changes on the screen of drift: one by one, all in sight, as a person wishes them planned."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual import work

from console.drift.part.bonds import Mark, mark
from console.drift.wishes import Rename, Wishes
from console.errors import ConsoleError
from console.text import plural, sanitize
from console.ui.screens.choose import Choose
from console.ui.screens.drift import tree
from console.ui.screens.drift.known import Known
from console.ui.screens.drift.showing import ShowingScreen
from console.ui.widgets.change_tree import ChangeTree

_NAMED = 3


class ChoosingScreen(ShowingScreen):
    """A screen of drift on which changes are taken and left."""

    def on_change_tree_asked(self, message: ChangeTree.Asked) -> None:
        """Take or leave changes, with what they need; say what came along."""
        found = self.known
        why = self.why_not_use()
        if found is None or why is not None:
            self.say(why or "")
            return
        if message.what == "take":
            if self.standing is not None:
                self._take(found, self.standing)
            return
        marks = {mark(each) for each in tree.in_sight(found, self.sieve)}
        bonds = found.bonds
        left = found.left - bonds.with_needs(marks) if message.what == "all" else found.left | bonds.with_needing(marks)
        self._leave(found, left)

    def _take(self, found: Known, standing: tree.Standing) -> None:
        left, taken = found.toggled(standing.meant)
        along = (left ^ found.left) - {mark(each) for each in standing.meant}
        self._leave(found, left)
        if along:
            self.say(_along(along, taken=taken))

    def _leave(self, found: Known, left: frozenset[Mark]) -> None:
        """Show another choice; what was said of the one before holds no more."""
        self.panel.leave()
        self.show(found.leaving(left))

    @work(group="asking")
    async def do_rename(self) -> None:
        """Offer what may be renamed, and what was taken for a rename."""
        found = self.known
        assert found is not None
        taken = [(f"-{number}", _taken(each)) for number, each in enumerate(found.wishes.renames)]
        offered = [
            (f"+{number}", f"{each.kind} {each.a} is {each.b} by then ({each.reason})")
            for number, each in enumerate(found.drift.candidates)
        ]
        explain = "What is renamed keeps what is in it; else it is dropped and made."
        key = await self.app.push_screen_wait(Choose("Renames", [*offered, *taken], explain=explain))
        if key is None or self.known is not found:
            return
        number, renames = int(key[1:]), found.wishes.renames
        if key.startswith("+"):
            one = found.drift.candidates[number]
            renames = (*renames, Rename(one.a, one.b))
        else:
            renames = renames[:number]  # those after it may speak of its new name
        self._wish(found, replace(found.wishes, renames=renames))

    def why_not_rename(self) -> str | None:
        """There has to be something that looks like one."""
        why = self.why_not_use()
        found = self.known
        if why is not None or found is None:
            return why
        return None if found.drift.candidates or found.wishes.renames else "Nothing looks like a rename."

    def do_keep_data(self) -> None:
        """Leave out what loses rows or values, or no more."""
        self._change(keep_data=not self.wishes.keep_data)

    def do_online(self) -> None:
        """Take the forms that let others go on working, or no more."""
        self._change(online=not self.wishes.online)

    def do_names(self) -> None:
        """Leave out names that the server chose, or no more."""
        self._change(ignore_generated_names=not self.wishes.ignore_generated_names)

    def why_not_keep_data(self) -> str | None:
        """Something has to be known, also when nothing of it is to be done."""
        why = self.why_not_work()
        return why or (None if self.known is not None else "Nothing was compared yet: enter or r does.")

    why_not_online = why_not_names = why_not_keep_data

    def _change(self, **wished: bool) -> None:
        assert self.known is not None
        self._wish(self.known, replace(self.known.wishes, **wished))  # type: ignore[arg-type]

    @work(exclusive=True, group="planning", description="Planning anew.")
    async def _wish(self, found: Known, wishes: Wishes) -> None:
        """Plan as it is wished now."""
        try:
            now = await asyncio.to_thread(found.wishing, wishes)
        except ConsoleError as error:
            self.say_error(error)
            return
        if self.known is found:
            self.wishes = wishes
            self.panel.leave()
            self.show(now)


def _taken(rename: Rename) -> str:
    return f"✓ {sanitize(rename.old)} is {sanitize(rename.new)} by then: take it back"


def _along(along: frozenset[Mark], *, taken: bool) -> str:
    """Say what came or went with a change."""
    keys = sorted({key for _, key in along})
    named = ", ".join(f"{key.kind} {sanitize(str(key))}" for key in keys[:_NAMED])
    more = f" and {plural(len(keys) - _NAMED, 'other')}" if len(keys) > _NAMED else ""
    return f"Needs, and takes with it: {named}{more}." if taken else f"Leaves with it what needs it: {named}{more}."
