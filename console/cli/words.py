"""What is said of each verb in help, without importing the verb: its line, its examples, its exit codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

EXIT_CODES: Mapping[int, str] = MappingProxyType(
    {
        0: "fine",
        1: "there are findings",
        2: "wrong usage: unknown profile, bad URL, broken or unreadable file, no target for a verb that writes",
        3: "no connection",
        4: "a migration or statement failed; what is said tells what remains of it",
        5: "refused: guard, missing confirmation, missing down, missing privilege",
        6: "not everything could be compared or proved",
        130: "interrupted; what ran on the server was cancelled",
    }
)


class Verb(NamedTuple):
    """One verb: its line in the list of commands, examples (command, what it does), what its 1 means if it has one."""

    line: str
    examples: tuple[tuple[str, str], ...]
    findings: str = ""
    codes: tuple[int, ...] = (0, 2, 3)

    @property
    def epilog(self) -> str:
        """The end of the verb's help."""
        said = {**EXIT_CODES, 1: self.findings}
        codes = sorted({*self.codes, *([1] if self.findings else [])})
        examples = [(f"dbconsole {command}", what) for command, what in self.examples]
        return (
            f"{_section('Examples', examples)}\n\n{_section('Exit codes', [(str(code), said[code]) for code in codes])}"
        )


_WRITING = (0, 2, 3, 4, 5, 130)
_READING = (0, 2, 3, 130)

GROUPS: Mapping[str, Mapping[str, Verb]] = MappingProxyType(
    {
        "Look": {
            "demo": Verb(
                "Open the console on a sample system in an embedded PostgreSQL.",
                (
                    ("demo", "open the console on kimbleai; the others are built behind it"),
                    ("demo graph-dev", "on another one; status demo:graph-dev and all other verbs know it, too"),
                    ("demo --traffic", "with others at work: rows, locks, slow queries, a forgotten transaction"),
                    ("demo skintwin --reset", "build that one anew, then open it"),
                    ("demo negative_space --reset --scale 10", "with ten times the rows"),
                    ("demo --url", "build what is missing, print a URL, and leave the server running"),
                    ("demo --stop", "stop a server that was left running"),
                ),
                codes=_READING,
            ),
            "inspect": Verb(
                "Print the catalog: as text, JSON, Markdown or DDL.",
                (
                    ("inspect prod", "every object, by schema"),
                    ("inspect prod --ddl public.orders", "the DDL of one object"),
                    ("inspect prod --format markdown > schema.md", "a reference of the schema"),
                ),
                codes=(*_READING, 6),
            ),
            "query": Verb(
                "Run a query and print its rows.",
                (
                    ('query "SELECT version()"', "on the default target"),
                    ('query prod "TABLE orders" --format csv > orders.csv', "any number of rows, in little memory"),
                    ('query dev "SELECT day, cost FROM spend" --chart', "a chart of what it gives"),
                    ('query dev --write "DELETE FROM drafts"', "write, in one transaction"),
                ),
                codes=_WRITING,
            ),
            "dashboard": Verb(
                "Numbers, lines and bars: which dashboards fit, and one as text.",
                (
                    ("dashboard prod", "which fit, and why the others do not"),
                    ("dashboard prod monitoring", "one of them, as text for a pipe or a chat"),
                    ('dashboard demo cost --period "this month"', "of another period"),
                    ("dashboard demo ./sales.toml --json", "a file of your own, with its samples, as a document"),
                ),
                findings="a panel is beyond its threshold; of the list: a file cannot be used",
                codes=(*_READING, 4, 5),
            ),
            "search": Verb(
                "Search columns of vectors: by words, rows, full text, or both.",
                (
                    ("search prod", "which columns of vectors there are, and functions that search"),
                    ('search demo knowledge_base --text "paying for model calls"', "by words, through the embedder"),
                    ("search demo knowledge_base --like ID -k 5", "more like this row"),
                    ('search prod docs --hybrid "refund" --where "lang = \'en\'"', "words and meaning, fused"),
                    ("search prod docs --average 1,2,3 --json", "near the average of rows, as a document"),
                    ("search prod docs.embedding --recall", "how much its index finds, and by which setting"),
                    ("search prod docs --index --build", "mend what is wrong with its index, with consent"),
                ),
                findings="the index misses more than one in twenty, equal vectors, or an index to mend",
                codes=(*_READING, 4, 5),
            ),
            "embed": Verb(
                "Make the embeddings that are missing in a column of vectors.",
                (
                    (
                        "embed dev docs.embedding --from body --dry-run",
                        "how many, and about what it costs",
                    ),
                    ("embed dev docs.embedding --from title --from body", "by the embedder that the profile names"),
                    ("embed dev docs.embedding --from body --embedder wordllama", "on this machine, without a network"),
                    ("embed prod docs.embedding --confirm prod --json", "what the profile says, as a document"),
                ),
                findings="some texts became no embedding",
                codes=_WRITING,
            ),
        },
        "Migrations": {
            "status": Verb(
                "Which migrations are applied, which are pending, which differ.",
                (
                    ("status", "of the default target"),
                    ("status prod --check", "for CI: 1 unless all is applied as it stands"),
                    ("status dev prod", "side by side, in step or not"),
                    ("status dev --diff", "what was changed in edited files, where the ledger keeps the text"),
                    ("status demo --json", "as a document"),
                ),
                findings="with --check: something is not applied as it stands, or targets are not in step",
                codes=_READING,
            ),
            "up": Verb(
                "Apply pending migrations.",
                (
                    ("up dev", "apply all that is pending"),
                    ("up dev --to 0007 --dry-run", "show what would run up to 0007, included"),
                    ("up prod --sql > plan.sql", "print it as a script for psql, ledger rows included"),
                    ("up dev --trial", "run it there, tell what it locks and rewrites, and roll it back"),
                    ("up dev --rehearse", "prove it in a throw-away PostgreSQL, and apply it only then"),
                    ("up prod --confirm prod", "production wants its name"),
                    ("up --tag eu --yes", "all profiles with this tag, one after the other"),
                    ("up prod --backup --analyze", "pg_dump before the run, new statistics after it"),
                ),
                findings="with --rehearse or --trial: a check failed, or a down file leaves a difference",
                codes=(*_WRITING, 6),
            ),
            "down": Verb(
                "Roll migrations back.",
                (
                    ("down dev", "roll back the one applied last"),
                    ("down dev --to 0004", "roll back what came after 0004, which stays"),
                    ("down dev --batch --yes", "roll back what the last run applied, without asking"),
                ),
                codes=_WRITING,
            ),
            "redo": Verb(
                "Roll the newest migration back and apply it again.",
                (("redo dev", "while a migration is being written"),),
                codes=_WRITING,
            ),
            "adopt": Verb(
                "Record migrations as applied without running them.",
                (
                    ("adopt prod --to 0007", "the database has them already, up to 0007"),
                    ("adopt dev --dry-run", "show what would be recorded"),
                    ("adopt prod --ledger dbconsole", "move from another tool's ledger to ours"),
                ),
                codes=_WRITING,
            ),
            "repair": Verb(
                "Accept edited files, clear a failed state.",
                (
                    ("repair dev --dry-run", "say what would be mended"),
                    ("repair dev", "say it, ask, and do it; no migration is run"),
                ),
                codes=_WRITING,
            ),
            "history": Verb(
                "What was run here, by whom, when, with what outcome.",
                (
                    ("history prod", "the newest 50 entries"),
                    ("history prod 5 --json", "the newest five, as a document"),
                ),
                codes=_READING,
            ),
            "verify": Verb(
                "Run the checks that the migrations bring with them.",
                (
                    ("verify staging", "all checks; nothing is written"),
                    ("verify --tag eu --keep-going", "of every profile with this tag, also after one that fails"),
                ),
                findings="a check failed",
                codes=_READING,
            ),
            "rehearse": Verb(
                "Prove migrations in a throw-away PostgreSQL before they run.",
                (
                    ("rehearse prod", "what is pending there: up, verify, down, and all is as before"),
                    ("rehearse --dir migrations", "the whole folder, from an empty database; no target is needed"),
                    ("rehearse dev --shadow postgresql://localhost:5433/postgres", "on a server of your own"),
                ),
                findings="a down file leaves a difference, or a check failed",
                codes=(*_READING, 4, 5, 6),
            ),
            "report": Verb(
                "Write what the migrations made of a database, measured now.",
                (
                    ("report prod -o report.md", "to a file; without -o to standard output"),
                    ("report prod --batch 3", "only what the third run applied"),
                    ("report demo:kimbleai --json", "as a document"),
                ),
                findings="something is pending, edited, not as it was made, or a check failed",
                codes=(*_READING, 4, 5),
            ),
            "audit": Verb(
                "Compare what all migrations should make with what is there.",
                (
                    ("audit prod", "tables, columns, views, indexes, functions, policies, extensions"),
                    ("audit dev prod", "one after the other, and side by side"),
                    ("audit --tag eu --keep-going", "every profile with this tag, also after one that fails"),
                    ("audit demo:kimbleai --exact --json", "with rows counted, as a document"),
                ),
                findings="something is missing or differs, also when its migration is only pending",
                codes=(*_READING, 4, 5, 6),
            ),
            "drift": Verb(
                "What differs between two schemas, and SQL that mends it.",
                (
                    ("drift prod", "has anybody touched it? against what its applied migrations made"),
                    ("drift dev prod --sql > dev-to-prod.sql", "what turns dev into prod, proved, for psql"),
                    (
                        "drift prod --snapshot prod.json",
                        "save its catalog, for drift snapshot:prod.json prod later",
                    ),
                    ("drift dir:migrations@v1.2 dir:migrations", "what the migrations since v1.2 change"),
                    ("drift dir:migrations dev --write catch_up", "what dev has besides, as a migration with its down"),
                    ("drift dev dir:migrations --report dev.md", "what dev lacks of the whole folder, as Markdown"),
                ),
                findings="there is drift",
                codes=(*_READING, 4, 5, 6),
            ),
            "validate": Verb(
                "Check a folder of migrations, files only.",
                (("validate", "the usual folder"), ("validate db/migrations --json", "another one, as a document")),
                findings="there is something to mend, and the folder can be used all the same",
                codes=(0, 2),
            ),
            "lint": Verb(
                "What migrations may lock, rewrite or lose, before anything runs.",
                (
                    ("lint", "all files of the usual folder, without a server"),
                    ("lint prod", "what is pending there, with the sizes of its tables"),
                    ("lint db/migrations --json", "another folder, as a document"),
                ),
                findings="there is a warning or something critical",
                codes=_READING,
            ),
            "new": Verb(
                "Make the files of the next migration.",
                (("new add_orders", "in the format of the folder: up, and down and verify where that has them"),),
                codes=(0, 2),
            ),
            "seed": Verb(
                "Load the sample data of a folder of migrations.",
                (("seed dev", "run the folder's data.sql, whole or not at all"),),
                codes=_WRITING,
            ),
        },
        "Profiles": {
            "profiles": Verb(
                "List, add, remove, test and trust profiles.",
                (
                    ("profiles", "list them"),
                    ("profiles add dev postgresql://localhost/app", "give a database a name"),
                    ("profiles add prod '${PROD_URL}' --guard production", "the variable stays as it is written"),
                    ("profiles test prod", "connect and tell what is there"),
                    ("profiles trust", "accept the project's dbconsole.toml as it is now"),
                ),
                codes=(0, 2, 3, 5),
            ),
        },
    }
)
VERBS: Mapping[str, Verb] = MappingProxyType({name: verb for group in GROUPS.values() for name, verb in group.items()})


def overview() -> str:
    """Return the end of the help of the command itself."""
    examples = (
        ("dbconsole", "open the console on the default target, else on the demo"),
        ("dbconsole prod", "on a profile"),
        ("dbconsole postgresql://app@db.example.com/app", "on any database"),
        ("dbconsole status prod --json", "a command, for scripts"),
    )
    codes = [(str(code), text) for code, text in EXIT_CODES.items()]
    return f"{_section('Examples', examples)}\n\n{_section('Exit codes', codes)}"


def _section(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """Return a section as click prints it: its lines stay as they are, text in two columns or one below the other."""
    lines = [line for row in rows for line in _lines(*row)]
    return "\b\n" + "\n".join([f"{title}:", *lines])


def _lines(left: str, right: str) -> Sequence[str]:
    from textwrap import wrap

    if len(left) <= 3:
        first, *more = wrap(right, 70)
        return [f"  {left:>3}  {first}", *(f"       {line}" for line in more)]
    return [f"  {left}", f"      {right}"]
