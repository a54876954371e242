"""Which ledger a database and a folder belong to: what the profile says, else what is found, else the folder's own.

Three tools call their table schema_migrations, so a table is recognised by its columns. A ledger that is found counts
only when the folder could be of its format: a database may hold the ledgers of several projects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.config.profile import Profile
from console.errors import Refused, UsageError
from console.migrations.files import formats
from console.migrations.files.folder import Folder
from console.migrations.ledgers.beside import Beside
from console.migrations.ledgers.candidates import NATIVE, TOOLS, Found, look, others
from console.migrations.ledgers.ledger import Ledger, Name, Reader
from console.migrations.ledgers.native import Native
from console.migrations.ledgers.only_read import OnlyRead
from console.migrations.ledgers.tables import columns
from console.text import sanitize

AUTO = "auto"
_ALIKE = ("sqlx", "node-pg-migrate", "supabase")
_CALLED_ALIKE = (  # formats whose files may have the same names
    {NATIVE, "golang-migrate"},
    {NATIVE, "sqlx"},
    {"golang-migrate", "sqlx"},
    {"supabase", "sqlx"},
    {"supabase", "node-pg-migrate"},
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ledger in use and, as a sentence, why; the folder is read again if the ledger is that of another format."""

    ledger: Ledger
    folder: Folder
    reason: str


async def choose(session: Reader, folder: Folder, profile: Profile | None = None) -> Chosen:
    """Return the ledger of a database for a folder, in one round trip, and write nothing.

    Raises UsageError when several could be meant, Refused when the table of that name is not what it would have to be.
    """
    given = profile.ledger_table if profile is not None else None
    word = profile.ledger if profile is not None else AUTO
    history = profile is None or profile.history
    found = await look(session)
    if given is not None:
        table = _named(given)
        there = Found(table, await columns(session, table))
        choice = _of_table(there, word, folder)
    else:
        choice = decide(folder, found, word)
    return _made(choice, folder, history=history, variables=profile.vars if profile is not None else {})


@dataclass(frozen=True, slots=True)
class Choice:
    """A tool's word, its table, and why; `converted` leaves the folder what it is."""

    word: str
    table: Name
    reason: str
    converted: bool = False


def decide(folder: Folder, found: tuple[Found, ...], word: str = AUTO) -> Choice:
    """Return whose ledger it is. Raises UsageError, Refused; see `choose`."""
    if word != AUTO:
        return _at(word, found, f"the profile says ledger = {word}")
    if any(each.converted and each.of(NATIVE) for each in found):
        return Choice(NATIVE, Native.table, "the project was moved here with adopt --ledger dbconsole", True)
    for possible in (folder.format, "golang-migrate", NATIVE, *_ALIKE):
        if any(each.of(possible) for each in found) and _may_be(folder, possible):
            return _at(possible, found, f"its table {{table}} is in the database, and {folder.why or 'the files fit'}")
    return _at(
        folder.format, found, f"the database has none yet{others(found)}, and {folder.why or 'the files are ours'}"
    )


def _may_be(folder: Folder, word: str) -> bool:
    """Tell whether a folder may have a format: names like 0001_x.up.sql fit several, when nothing in it is ours."""
    if folder.format == word:
        return True
    if {folder.format, word} not in _CALLED_ALIKE or not formats.may_be(folder.path, word):
        return False
    return not any(migration.verify is not None or migration.up.transaction is False for migration in folder.migrations)


def _at(word: str, found: tuple[Found, ...], reason: str) -> Choice:
    """Return a tool's ledger where it is, or where it would be made."""
    if word == NATIVE:
        return Choice(NATIVE, Native.table, reason.format(table=Native.table.text))
    if word not in TOOLS:
        raise UsageError(f"dbconsole cannot write the ledger of {word} yet.")
    default = TOOLS[word].module.DEFAULT
    mine = [each.table for each in found if each.of(word)]
    if len(mine) > 1 and default not in mine:
        raise UsageError(
            f"{_listed(mine)} may both be the ledger of {word}.",
            hint=f'Say which in the profile: ledger_table = "{sanitize(mine[0].text)}"',
        )
    table = default if default in mine or not mine else mine[0]
    _must_not_be_anothers(word, table, found)
    return Choice(word, table, reason.format(table=sanitize(table.text)))


def _must_not_be_anothers(word: str, table: Name, found: tuple[Found, ...]) -> None:
    taken = next((each for each in found if each.table == table and not each.of(word)), None)
    if taken is not None:
        raise _not_its(word, taken)


def _not_its(word: str, taken: Found) -> Refused:
    whose = " or ".join(taken.words) or "another program"
    return Refused(
        f"{sanitize(taken.table.text)} is there, but it is not the ledger of {word}: it looks like that of {whose}.",
        detail=f"Its columns are {sanitize(', '.join(taken.columns))}. Nothing was done.",
        hint="Say in the profile which tool keeps the ledger (ledger = …) and in which table (ledger_table = …).",
    )


def _named(given: str) -> Name:
    schema, dot, table = given.partition(".")
    return Name(schema, table) if dot else Name("public", schema)


def _of_table(there: Found, word: str, folder: Folder) -> Choice:
    """Return the ledger in the table that the profile names."""
    reason = f"the profile says ledger_table = {sanitize(there.table.text)}"
    if word == NATIVE or (word == AUTO and folder.format == NATIVE and not there.columns):
        raise UsageError(
            "dbconsole's own ledger is always dbconsole.migrations.",
            hint="Leave ledger_table out of the profile, or say which tool keeps it: ledger = …",
        )
    likely = [each for each in (word, folder.format, *TOOLS) if each in TOOLS]
    if not there.columns:
        return Choice(likely[0], there.table, reason)
    wanted = likely[:1] if word != AUTO else likely
    fitting = next((each for each in wanted if there.of(each)), None)
    if fitting is None:
        raise _not_its(wanted[0], there)
    return Choice(fitting, there.table, reason)


def _made(choice: Choice, folder: Folder, *, history: bool, variables: Mapping[str, str]) -> Chosen:
    if not choice.converted and choice.word != folder.format and formats.may_be(folder.path, choice.word):
        folder = formats.read(folder.path, choice.word, variables)
        folder = replace(folder, why=f"the ledger is that of {choice.word}")
    if choice.word == NATIVE:
        return Chosen(Native(), folder, choice.reason)
    if choice.word in formats.OWN_TOOLS:
        _must_be_its_files(choice.word, folder)
    tool = TOOLS[choice.word].make(choice.table, folder)
    if isinstance(tool, OnlyRead):
        return Chosen(tool, folder, choice.reason)
    return Chosen(Beside(tool, folder, wanted=history), folder, choice.reason)


def _must_be_its_files(word: str, folder: Folder) -> None:
    if folder.format != word:
        raise UsageError(
            f"The ledger of {word} is only read here, and these files are no migrations of {word}.",
            hint=f"They look like {folder.format}: leave ledger out of the profile, or name another folder with --dir.",
        )


def _listed(tables: list[Name]) -> str:
    return sanitize(", ".join(table.text for table in tables))
