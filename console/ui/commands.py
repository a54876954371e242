"""Every command of the console, declared once: footer, help, palette and the README's key table come from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Command:
    """What a person can ask for.

    `id` is stable (keys are remapped by it), `where` is the screen it belongs to, `keys` are Textual's names with
    commas between. `footer` tells how early it stands at the bottom (0: not there). `dangerous` ones may write.
    """

    id: str
    where: str
    keys: str
    title: str
    help: str
    footer: int = 0
    dangerous: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("screen.schema", EVERYWHERE, "1", "Schema", "The tree of everything in the database."),
    Command("screen.migrations", EVERYWHERE, "3", "Migrations", "What is applied and pending; apply, roll back."),
    Command("screen.drift", EVERYWHERE, "4", "Drift", "What differs between two schemas, and SQL that mends it."),
    Command("screen.dashboards", EVERYWHERE, "5", "Dashboards", "Numbers, lines and bars, refreshed as wanted."),
    Command("screen.vectors", EVERYWHERE, "7", "Vectors", "Search columns of vectors, and judge their indexes."),
    Command("help", EVERYWHERE, "question_mark,f1", "help", "What the keys of this screen do.", footer=90),
    Command("palette", EVERYWHERE, "ctrl+p", "palette", "Find a command by its name.", footer=91),
    Command("switch", EVERYWHERE, "o", "other database", "Go to another profile or database.", footer=80),
    Command("refresh", EVERYWHERE, "r,f5", "refresh", "Read again what this screen shows.", footer=70),
    Command("cancel", EVERYWHERE, "ctrl+c", "cancel or quit", "Cancel what runs on the server, else quit."),
    Command("theme", EVERYWHERE, "T", "theme", "Dark, light, high contrast and others, until the console is left."),
    Command("suspend", EVERYWHERE, "ctrl+z", "to the shell", "Go to the shell for a while; fg comes back."),
    Command("quit", EVERYWHERE, "q", "quit", "Leave the console.", footer=95),
    Command("schema.find", "schema", "slash", "find", "Find any object by parts of its name.", footer=1),
    Command("schema.next_tab", "schema", "right_square_bracket", "next tab", "The next tab.", footer=6),
    Command("schema.previous_tab", "schema", "left_square_bracket", "previous tab", "The tab before."),
    Command("schema.ddl", "schema", "d", "DDL", "The statements that make this object.", footer=3),
    Command("schema.data", "schema", "b", "browse data", "The rows of this table or view.", footer=2),
    Command("schema.back", "schema", "backspace", "back", "Go back to the object a line was followed from.", footer=8),
    Command("schema.copy", "schema", "y", "copy", "Copy the name, or the text shown.", footer=7),
    Command("schema.chart", "schema", "c", "chart", "Draw this table or view, and save the chart as a dashboard.", 4),
    Command("schema.vectors", "schema", "s", "search vectors", "Search the column of vectors of this table.", 5),
    Command("schema.system", "schema", "full_stop", "system", "Show or fold away system and provider schemas."),
    Command("rows.filter", "rows", "w", "where", "Show only rows that meet a condition.", footer=1),
    Command("rows.sort", "rows", "s", "sort", "Sort by the column under the cursor: up, down, not at all.", footer=2),
    Command("rows.follow", "rows", "f", "follow key", "Go to the row that a foreign key points at.", footer=3),
    Command("rows.back", "rows", "backspace", "back", "Go back to the rows before.", footer=4),
    Command("rows.copy", "rows", "y", "copy", "Copy the cell under the cursor.", footer=5),
    Command("rows.chart", "rows", "c", "chart", "Draw these rows, and save the chart as a dashboard.", footer=7),
    Command("rows.copy_as", "rows", "Y", "copy as", "Copy the rows read so far as text, CSV, JSON …", footer=6),
    Command("migrations.up", "migrations", "u", "up", "Apply pending migrations up to the chosen one.", 1, True),
    Command("migrations.down", "migrations", "d", "down", "Roll back down to before the chosen one.", 2, True),
    Command("migrations.plan", "migrations", "p", "plan", "Show what up would run, statement by statement.", 3),
    Command("migrations.rehearse", "migrations", "e", "rehearse", "Try what is pending in a throw-away PostgreSQL.", 4),
    Command(
        "migrations.try",
        "migrations",
        "t",
        "try",
        "Run what is pending, tell what it did, roll it back.",
        dangerous=True,
    ),
    Command("migrations.audit", "migrations", "A", "audit", "What the migrations should have made, against what is."),
    Command("migrations.verify", "migrations", "v", "verify", "Run the checks the migrations bring with them.", 4),
    Command("migrations.history", "migrations", "H", "history", "Every run: who, when, how long, what came of it.", 5),
    Command("migrations.adopt", "migrations", "a", "adopt", "Record as applied without running.", dangerous=True),
    Command("migrations.repair", "migrations", "R", "repair", "Mend edited files and what failures left.", 0, True),
    Command("migrations.unblock", "migrations", "x", "end blocker", "End the session a run waits for.", dangerous=True),
    Command("migrations.report", "migrations", "w", "report", "Write a report of what the migrations made.", 8),
    Command("migrations.next_tab", "migrations", "right_square_bracket", "next tab", "The next text.", 6),
    Command("migrations.previous_tab", "migrations", "left_square_bracket", "previous tab", "The text before."),
    Command("migrations.copy", "migrations", "y", "copy", "Copy the SQL that is shown.", 7),
    Command("changes.take", "changes", "space", "take", "Take or leave a change, with what it needs.", 1),
    Command("changes.all", "changes", "a", "all", "Take all changes in sight.", 8),
    Command("changes.none", "changes", "A", "none", "Leave all changes in sight."),
    Command("drift.filter", "drift", "slash", "filter", "Show only changes of a kind, a schema, a name, a hazard.", 2),
    Command("drift.prove", "drift", "e", "prove", "Run what is taken in a throw-away PostgreSQL, and compare.", 3),
    Command("drift.apply", "drift", "u", "apply", "Run what is taken on the database it begins with.", 4, True),
    Command("drift.save", "drift", "m", "migration", "Save what is taken as a migration, with its way back.", 5),
    Command("drift.from", "drift", "f", "from", "Choose the side that the changes begin with.", 6),
    Command("drift.to", "drift", "t", "to", "Choose the side that the changes lead to.", 7),
    Command("drift.swap", "drift", "s", "swap", "Turn the two sides round."),
    Command("drift.write", "drift", "w", "write SQL", "Write the SQL of what is taken to a file."),
    Command("drift.snapshot", "drift", "S", "snapshot", "Save the first side as a snapshot, which can be compared."),
    Command("drift.rename", "drift", "n", "renames", "Take what looks like a rename for one, or no more."),
    Command("drift.keep_data", "drift", "K", "keep data", "Leave out what loses rows or values, or no more."),
    Command("drift.online", "drift", "O", "online", "Take the forms that let others go on working, or no more."),
    Command("drift.names", "drift", "N", "generated names", "Leave out names that the server chose, or no more."),
    Command("drift.wide", "drift", "z", "wide", "Give the right side the whole width, or no more."),
    Command("drift.unblock", "drift", "x", "end blocker", "End the session that the changes wait for.", dangerous=True),
    Command("drift.next_tab", "drift", "right_square_bracket", "next tab", "The next tab.", 9),
    Command("drift.previous_tab", "drift", "left_square_bracket", "previous tab", "The tab before."),
    Command("drift.copy", "drift", "y", "copy", "Copy the SQL that is shown, else that of what is taken.", 10),
    Command("chart.kind", "chart", "k", "kind", "Choose how it is drawn: line, bar, table …", 1),
    Command("chart.columns", "chart", "c", "columns", "Choose which column means what.", 2),
    Command("chart.gather", "chart", "g", "gather", "Count, sum or average rows, by day or hour; or each row.", 3),
    Command("chart.unit", "chart", "u", "unit", "Choose the unit of the numbers.", 6),
    Command("chart.next", "chart", "right_square_bracket", "next", "The next chart that suits these columns.", 4),
    Command("chart.previous", "chart", "left_square_bracket", "previous", "The proposed chart before."),
    Command("chart.save", "chart", "w", "save", "Save it as a dashboard of your own.", 5),
    Command("chart.copy", "chart", "y", "copy", "Copy the chart as text.", 7),
    Command("statement.draw", "statement", "ctrl+j", "draw", "Draw what the query gives; f5 does it too.", 1),
    Command("dashboards.query", "dashboards", "n", "from a query", "Type a query, draw it, save it as a dashboard.", 2),
    Command("dashboards.copy", "dashboards", "y", "copy path", "Copy the path of the dashboard's file.", 1),
    Command("board.pause", "board", "space", "pause", "Read nothing by itself any more, or go on.", 1),
    Command("board.period", "board", "p", "period", "Choose the time that the dashboard is about.", 2),
    Command("board.filter", "board", "f", "filter", "Choose what else it is about: a user, a project.", 3),
    Command("board.every", "board", "e", "how often", "Choose how often the panels are read.", 4),
    Command("board.zoom", "board", "z", "zoom", "Give one panel all the room, or no more.", 5),
    Command("board.table", "board", "t", "rows", "Show what a panel has read as rows, or no more.", 6),
    Command("board.next", "board", "right_square_bracket", "next", "The next dashboard that fits.", 7),
    Command("board.previous", "board", "left_square_bracket", "previous", "The dashboard before."),
    Command("board.copy", "board", "y", "copy", "Copy a panel as text.", 8),
    Command("question.go", "question", "enter", "search", "Search for what is typed, and go to the hits.", 1),
    Command("question.hits", "question", "down", "hits", "Go to the hits.", 2),
    Command("hits.tag", "hits", "space", "tag", "Tag a row to be added; again to be taken away; again not at all.", 3),
    Command("hits.mix", "hits", "a", "mix", "Search by the average of the tagged rows, or by A − B + C.", 4),
    Command("picture.more", "picture", "m", "more like it", "Search for rows like the point under the cursor.", 1),
    Command("picture.colour", "picture", "c", "colour by", "Choose the column that the points are coloured by.", 2),
    Command("search.type", "search", "slash", "search", "Go to the line in which one types what to search for.", 1),
    Command("search.more", "search", "m", "more like it", "Search for rows like the one under the cursor.", 2),
    Command("search.by", "search", "b", "by", "Choose what to search by: words, a row, a vector, full text …", 3),
    Command("search.many", "search", "n", "how many", "Choose how many hits are wanted."),
    Command("search.metric", "search", "d", "distance", "Choose how distance is measured."),
    Command("search.where", "search", "w", "where", "Search only among rows that meet a condition.", 4),
    Command("search.within", "search", "f", "farthest", "Leave out what is farther away than this."),
    Command("search.exact", "search", "x", "exact", "Read all rows in place of the index, or no more.", 7),
    Command("search.knobs", "search", "i", "index settings", "Choose how far the index looks, and whether it goes on."),
    Command("search.text", "search", "t", "text column", "Choose the column that is shown, and read by full text."),
    Command("search.next_tab", "search", "right_square_bracket", "next tab", "The next view.", 5),
    Command("search.previous_tab", "search", "left_square_bracket", "previous tab", "The view before."),
    Command("search.picture", "search", "p", "picture", "See the vectors as points in two dimensions.", 6),
    Command("search.build", "search", "u", "build index", "Build the proposed index, or one again.", 8, True),
    Command("search.fill", "search", "e", "embed", "Embed the rows that have a text and no vector.", 9, True),
    Command("search.wide", "search", "z", "wide", "Give the right side the whole width, or no more."),
    Command("search.copy", "search", "y", "copy", "Copy what is shown: the row, the SQL, the picture."),
    Command("vectors.about", "vectors", "i", "about", "Go to what there is to know of the column.", 1),
    Command("vectors.fill", "vectors", "e", "embed", "Embed the rows that have a text and no vector.", 2, True),
    Command("vectors.copy", "vectors", "y", "copy", "Copy the name of the column.", 3),
)

_BY_ID = {command.id: command for command in COMMANDS}


def of(*wheres: str) -> tuple[Command, ...]:
    """Return the commands of some places, in their order, then those that hold everywhere."""
    return tuple(command for where in (*wheres, EVERYWHERE) for command in COMMANDS if command.where == where)


def screens() -> tuple[Command, ...]:
    """Return the commands that open a screen, in the order of their tabs."""
    return tuple(command for command in COMMANDS if command.id.startswith("screen."))


def by_id(command_id: str) -> Command:
    """Return one command; KeyError when there is none."""
    return _BY_ID[command_id]


def bindings(where: str) -> list[Binding]:
    """Return the bindings of a screen (or of the program, for `everywhere`)."""
    return list(_bindings(where))


def _bindings(where: str) -> Iterator[Binding]:
    for command in COMMANDS:
        if command.where == where:
            action = f"command({command.id!r})"
            yield Binding(command.keys, action, command.title, id=command.id, priority=_first(command))


def _first(command: Command) -> bool:
    """Ctrl-C and ctrl-z must work wherever the focus is."""
    return command.id in ("cancel", "suspend")


def key_label(keys: str) -> str:
    """Return how a key is written for a person.

    >>> key_label("question_mark,f1"), key_label("ctrl+p"), key_label("right_square_bracket")
    ('?', 'ctrl+p', ']')
    """
    first = keys.split(",")[0]
    return _LABELS.get(first, first)


_LABELS = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "escape": "esc",
}

__all__ = ["COMMANDS", "EVERYWHERE", "Command", "bindings", "by_id", "key_label", "of"]
