"""The arguments of a function that is searched through: asked for, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.text import sanitize
from console.ui.screens.ask import Ask
from console.ui.screens.choose import Choose
from console.ui.screens.vectors.desk_state import DeskState

if TYPE_CHECKING:
    from console.vectors.search.functions import Argument, Function


class ArgumentsDesk(DeskState):
    """A desk on which a function's arguments are given."""

    async def ask_required(self, function: Function) -> bool:
        """Ask for what the function has to be given; False when a person does not want to."""
        for argument in function.asked:
            if argument.default is None and not argument.counts and named(function, argument) not in self.arguments:
                await self._ask_argument(function, argument)
                if named(function, argument) not in self.arguments:
                    return False
        return True

    async def ask_arguments(self, function: Function) -> None:
        """Ask which argument, then for its value, and search with it."""
        if not function.asked:
            self.say("The function takes nothing else.")
            return
        names = [named(function, each) for each in function.asked]
        words = [(name, f"{name}: {self._said(name, each)}") for name, each in zip(names, function.asked, strict=True)]
        name = await self.app.push_screen_wait(Choose("Arguments", words, explain=function.label))
        if name is not None:
            await self._ask_argument(function, function.asked[names.index(name)])
            self.turn(self.wanted)

    async def _ask_argument(self, function: Function, argument: Argument) -> None:
        """Ask for one argument, and keep it; an empty one has its default."""
        name = named(function, argument)
        usual = f"Without a value it is {argument.default}." if argument.default else "It has to have a value."
        explain = sanitize(f"{argument.type}, for {function.label}. {usual}")
        value = self.arguments.get(name) or ""
        typed = await self.app.push_screen_wait(Ask(sanitize(name), value=value, explain=explain))
        if typed is not None:
            self.arguments = {key: each for key, each in self.arguments.items() if key != name}
            if typed:
                self.arguments[name] = typed

    def _said(self, name: str, argument: Argument) -> str:
        return sanitize(self.arguments.get(name) or argument.default or "has to be given")


def named(function: Function, argument: Argument) -> str:
    """Return what an argument is called: its name, else its number."""
    return argument.name or str(function.arguments.index(argument) + 1)
