"""What is known while a script is gone through: what it has made so far, and what the server says of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name, Severity
from console.migrations.hazards.known import Known, Relation
from console.sql.grammar import Fields, words
from console.text import plural

BY_NAME = "Leave CASCADE out, and drop what depends on it by name."
_MAY = {"rewrites": "may rewrite", "reads": "may read"}


@dataclass(slots=True)
class Scene:
    """What holds before a statement.

    `made` are the relations, types and functions that the script itself made: nobody uses them yet; `temporary` are
    tables of its session, `remade` what it makes anew after dropping it. `named` is all that was mentioned, `held` the
    locks that the transaction has, and since which line. `proven` are columns that a CHECK or NOT NULL of the script
    proves to have no NULL, `checks` what unvalidated ones would prove. `back` says that it is a rollback, `path` is the
    first schema of the search path that it sets.
    """

    known: Known = field(default_factory=Known)
    back: bool = False
    path: str = ""
    made: set[tuple[str, Name]] = field(default_factory=set)
    temporary: set[str] = field(default_factory=set)
    remade: set[tuple[str, Name]] = field(default_factory=set)
    given_policies: set[Name] = field(default_factory=set)
    named: set[Name] = field(default_factory=set)
    held: dict[Name, tuple[Lock, int]] = field(default_factory=dict)
    proven: set[tuple[Name, str]] = field(default_factory=set)
    checks: dict[tuple[Name, str], str] = field(default_factory=dict)

    def name(self, node: Fields) -> Name:
        """Return the name of a relation where a statement names one."""
        return self._in_path(node.get("schemaname", ""), node["relname"])

    def dotted(self, names: object) -> Name:
        """Return the name that a list of strings says."""
        parts = words(names)
        return self._in_path(parts[-2] if len(parts) > 1 else "", parts[-1] if parts else "")

    def _in_path(self, schema: str, name: str) -> Name:
        if not schema and name in self.temporary:
            return Name("pg_temp", name)
        found = Name(schema or self.path, name)
        self.named.add(found)
        return found

    def make(self, name: Name, what: str = "relation", *, if_missing: bool = False) -> None:
        """Remember what the script made; with IF NOT EXISTS only what is not known to have been there."""
        if not (if_missing and self.relation(name) is not None):
            self.made.add((what, name.placed))

    def unmake(self, name: Name, what: str = "relation") -> None:
        """Remember that it is gone."""
        self.made.discard((what, name.placed))

    def is_new(self, name: Name, what: str = "relation") -> bool:
        """Tell whether the script made it itself, so that nobody else uses it and nothing of worth is in it."""
        return name.schema == "pg_temp" or (what, name.placed) in self.made

    def hold(self, name: Name, lock: Lock, line: int) -> None:
        """Remember a lock: it is kept until the transaction ends."""
        if lock > self.held.get(name.placed, (Lock.NONE, 0))[0]:
            self.held[name.placed] = lock, line

    def has(self, hazard: Hazard) -> bool:
        """Tell whether the transaction has a lock already that a hazard is all about."""
        if hazard.kind is not Kind.LOCK or hazard.advice or hazard.relation is None:
            return False
        return self.held.get(hazard.relation.placed, (Lock.NONE, 0))[0] >= hazard.lock

    def relation(self, name: Name) -> Relation | None:
        """Return what the server says of a relation."""
        return self.known.relations.get(name)

    def is_missing(self, name: Name) -> bool:
        """Tell whether the server was asked and has no such relation."""
        return self.known.asked and name not in self.known.relations

    def shown(self, name: Name) -> str:
        """Say a relation with its size: "public.orders (12.0 GB, ≈ 4,000,000 rows)"."""
        found = self.relation(name)
        if found is None:
            return str(name)
        children = plural(found.children, "partition or child", "partitions or children") if found.children else ""
        inner = ", ".join(filter(None, (found.words, children)))
        return f"{found.name} ({inner})" if inner else str(found.name)

    def work(
        self, kind: Kind, lock: Lock, name: Name, does: str, *, may: str = "", why: str = "", advice: str = ""
    ) -> Hazard:
        """Return the hazard of what takes as long as the table is large: a rewrite, a scan, the build of an index.

        `does` says what happens to the table, which follows; `may` is the condition, where it is not certain, and
        `why` the reason.
        """
        verb, _, rest = does.partition(" ")
        said = " ".join(filter(None, (_MAY.get(verb, verb) if may else verb, rest, self.shown(name))))
        held, line = self.held.get(self._resolved(name).placed, (Lock.NONE, 0))
        since = f" that line {line} took" if held > lock else ""
        lock = max(lock, held)
        text = f"{said} under {lock.word}{since}, {_blocked(lock)}{may and f'; {may}'}{why and f': {why}'}."
        return Hazard(kind, self._of_work(lock, name), capital(text), self._resolved(name), lock, advice)

    def _of_work(self, lock: Lock, name: Name) -> Severity:
        found = self.relation(name)
        if not lock.blocks_writes or (found is not None and found.small):
            return Severity.INFO
        return Severity.CRIT if found is not None and found.large else Severity.WARN

    def brief(self, lock: Lock, name: Name, *, advice: str = "", why: str = "") -> Hazard:
        """Return the hazard of a lock that is held for a moment, if the statement runs alone."""
        reason = f" {why}" if why else ""
        text = f"Takes {lock.word} on {self._plain(name)}{reason}, {_blocked(lock)}, until the transaction ends."
        return Hazard(Kind.LOCK, Severity.INFO, text, self._resolved(name), lock, advice)

    def loss(self, name: Name, text: str, *, rows: int | None, lock: Lock, advice: str = "") -> Hazard:
        """Return the hazard of rows that are gone; `rows` is how many, None when nobody knows."""
        severity = Severity.WARN if rows is None else Severity.CRIT if rows else Severity.INFO
        return Hazard(Kind.LOSS, severity, text, self._resolved(name), lock, advice)

    def breaking(self, name: Name | None, text: str, *, lock: Lock = Lock.NONE, advice: str = "") -> Hazard:
        """Return the hazard of a name that others may still use; a rollback is meant to take names away."""
        severity = Severity.INFO if self.back else Severity.WARN
        return Hazard(Kind.BREAK, severity, text, self._resolved(name) if name else None, lock, advice)

    def cascade(self, name: Name, what: str) -> Hazard:
        """Return the hazard of CASCADE, which takes along what nobody has named."""
        text = f"CASCADE drops whatever depends on {what} along with it, without naming it."
        return Hazard(Kind.CASCADE, Severity.WARN, text, self._resolved(name), advice=BY_NAME)

    def _resolved(self, name: Name) -> Name:
        found = self.relation(name)
        return found.name if found is not None else name

    def _plain(self, name: Name) -> str:
        return str(self._resolved(name))


def _blocked(lock: Lock) -> str:
    if lock.blocks_reads:
        return "which blocks reads and writes"
    return "which blocks writes" if lock.blocks_writes else "beside which reads and writes go on"


def capital(text: str) -> str:
    """Return a sentence with a capital first letter."""
    return text[:1].upper() + text[1:]


def strongest(locks: Iterable[Lock]) -> Lock:
    """Return the strongest of several locks."""
    return max(locks, default=Lock.NONE)
