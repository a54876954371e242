"""Everything that can go wrong, in words a person can use.

    ConsoleError                     exit  what it says
    ├── UsageError                    2    the command, the configuration or a file is wrong
    │   ├── UnknownProfile            2    no such profile; the nearest names are suggested
    │   ├── BadUrl                    2    a database URL that cannot be used, and how to mend it
    │   ├── BrokenConfig              2    a TOML file that does not parse or says something unknown, with its line
    │   ├── BadMigrations             2    a folder of migrations that is empty, unreadable or contradicts itself
    │   └── BadSql                    2    SQL that does not parse, with line and column
    ├── ConnectionFailed              3    no session could be had
    │   ├── Unreachable               3    nothing answers there
    │   ├── AuthenticationFailed      3    the server does not take this role or password
    │   └── ConnectionLost            3    a session that was open is gone; says what was lost with it
    │       └── CommitUnknown         3    it went while COMMIT was under way: whether that arrived has to be looked up
    ├── EmbedderFailed                3    words become no vectors: an endpoint is silent, refuses, talks nonsense
    │   └── TextRefused               3    it works, but takes none of these texts
    ├── StatementFailed               4    the server refused a statement, with the place in the SQL
    │   ├── TimedOut                  4    a timeout of ours or of the server ended it
    │   └── LockNotAvailable          4    somebody else holds the lock
    ├── MigrationFailed               4    a migration did not go through; says what remains of it
    ├── Refused                       5    we will not do it: guard, missing confirmation, missing down, missing right
    │   └── MayWrite                  5    a reading that would call what may write: a person must agree to it by name
    ├── Incomplete                    6    not everything could be compared or proved
    └── Interrupted                  130   a person stopped it, and the server confirmed

The driver's exception is kept as the cause (`raise … from error`), never shown raw.
"""

from __future__ import annotations


class ConsoleError(Exception):
    """The console could not do what was asked.

    `title` says in one sentence what was tried and what came of it. `detail` is what the server or the system
    said, and what the state is now. `hint` is what to do next. `sqlstate`, `line` and `column` (both from 1)
    are set when the error belongs to a place in a piece of SQL.
    """

    exit_code = 1

    def __init__(
        self,
        title: str,
        *,
        detail: str = "",
        hint: str = "",
        sqlstate: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint
        self.sqlstate = sqlstate
        self.line = line
        self.column = column

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape `error: {title, detail, hint, sqlstate, line, column}`."""
        return {
            "title": self.title,
            "detail": self.detail,
            "hint": self.hint,
            "sqlstate": self.sqlstate,
            "line": self.line,
            "column": self.column,
        }


class UsageError(ConsoleError):
    """The command, the configuration or a file is wrong."""

    exit_code = 2


class UnknownProfile(UsageError):
    """There is no profile of that name."""


class BadUrl(UsageError):
    """A database URL that cannot be used."""


class BrokenConfig(UsageError):
    """A configuration file that cannot be used."""


class BadMigrations(UsageError):
    """A folder of migrations that cannot be used."""


class BadSql(UsageError):
    """SQL that PostgreSQL's grammar does not accept."""


class ConnectionFailed(ConsoleError):
    """No session could be had."""

    exit_code = 3


class Unreachable(ConnectionFailed):
    """Nothing answers at that address."""


class AuthenticationFailed(ConnectionFailed):
    """The server does not accept this role or password."""


class ConnectionLost(ConnectionFailed):
    """An open session is gone."""


class CommitUnknown(ConnectionLost):
    """A session went while it committed: nobody knows whether it did."""


class EmbedderFailed(ConsoleError):
    """No vectors were to be had for words."""

    exit_code = 3


class TextRefused(EmbedderFailed):
    """An embedder takes none of these texts."""


class StatementFailed(ConsoleError):
    """The server refused a statement."""

    exit_code = 4


class TimedOut(StatementFailed):
    """A statement took longer than it may."""


class LockNotAvailable(StatementFailed):
    """A lock was not to be had in time."""


class MigrationFailed(ConsoleError):
    """A migration did not go through."""

    exit_code = 4


class Refused(ConsoleError):
    """The console will not do that."""

    exit_code = 5


class MayWrite(Refused):
    """A reading that would call functions which may write."""


class Incomplete(ConsoleError):
    """Not everything could be compared or proved."""

    exit_code = 6


class Interrupted(ConsoleError):
    """A person stopped it."""

    exit_code = 130
